import PackageMining

/// NuGet packages: listed by the registry's catalogue, looked up in the manifest (`.nuspec`) of the newest version.
///
/// The catalogue is a log of all that ever happened: a page holds up to 550 events, each tells that a version was
/// published, changed or deleted. Pages do not tell whether a version is listed: in a first run a look-up finds the
/// newest one that is, in the package's registration; in an update, or where the registry has no registrations, each
/// event's own document (leaf) is asked for.
///
/// Ids are handed over as they are published, with their lower case as the key: their case does not matter.
public struct NuGetMiner: EcosystemMiner {
    public static let defaultIndexURL = "https://api.nuget.org/v3/index.json"

    /// A part of the catalogue, by times of commits.
    public struct Cursor: Codable, Hashable, Sendable {
        /// Events up to this time were taken, it included. Nil at the beginning.
        var after: String?
        /// The time at which the part ends; nil until the catalogue's index was asked for.
        var until: String?
        /// Whether an earlier run has taken all before.
        var isUpdate = false
    }

    private let indexURL: String
    private let directory: ServiceDirectory

    /// - Parameter indexURL: the address of the V3 service index.
    public init(indexURL: String = NuGetMiner.defaultIndexURL) {
        self.indexURL = indexURL
        directory = ServiceDirectory(url: indexURL)
    }

    public var ecosystem: Ecosystem {
        Ecosystem(
            id: "nuget", platform: "NuGet", fileName: "NuGet", purlType: "nuget",
            registries: [Registry(name: "NuGet service index", url: indexURL)])
    }

    /// One span, which gives parts of itself away; an update begins at the latest event that was taken.
    public func spans(of run: RunFacts, after walked: [Cursor]) -> [Cursor] {
        let last = walked.compactMap { $0.after.flatMap(CommitTime.init) }.max()
        return [Cursor(after: last?.text, isUpdate: last != nil)]
    }

    public func list(
        from cursor: Cursor, through session: any RegistrySession, into sink: PageSink<Cursor>
    ) async throws {
        let services = try await directory.services(through: session)
        guard let catalogue = services.catalogue else {
            throw WireError(.malformed, url: indexURL, "the service index names no catalogue (Catalog/3.0.0)")
        }
        let asksLeaves = cursor.isUpdate || services.registrations == nil
        try await CatalogueWalk(url: catalogue, asksLeaves: asksLeaves, session: session).walk(from: cursor, into: sink)
    }

    public func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        let services = try await directory.services(through: session)
        return try await VersionLookup(services: services, session: session).resolve(package)
    }

    public func isVersion(_ a: String, newerThan b: String) -> Bool {
        NuGetVersion(b) < NuGetVersion(a)
    }

    /// An id in lower case, character by character, as .NET's `ToLowerInvariant` does it.
    static func key(of id: String) -> String {
        var key = String.UnicodeScalarView()
        for scalar in id.unicodeScalars {
            let lower = scalar.properties.lowercaseMapping.unicodeScalars
            key.append(lower.count == 1 ? lower[lower.startIndex] : scalar)
        }
        return String(key)
    }
}
