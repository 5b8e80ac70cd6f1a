public import PackageMining

/// NuGet packages: listed by the registry's catalogue, looked up in the manifest (`.nuspec`) of the newest version.
///
/// The catalogue is a log of all that ever happened: a page holds up to 550 events, each tells that a version was
/// published, changed or deleted. Pages do not tell whether a version is listed: a look-up finds the newest one that
/// is, in the package's registration, so that any event is a change of the whole package. Where the registry has no
/// registrations, each event's own document (leaf) is asked for.
///
/// Ids are handed over as they are published, with their lower case as the key: their case does not matter.
public struct NuGetMiner: EcosystemMiner {
    public static let defaultIndexURL = "https://api.nuget.org/v3/index.json"

    /// A part of the catalogue.
    public struct Cursor: Codable, Hashable, Sendable {
        /// Earlier runs have taken the events up to this time of a commit; nil in a first run.
        var after: RegistryTime?
        /// The page with the latest of them. It may have grown since.
        var last: String?
        /// The last page that was walked, and its time in the index.
        var page: String?
        var indexed: RegistryTime?
        /// The latest commit that was met, and its page.
        var reached: RegistryTime?
        var latest: String?
        /// The pages that are left; nil for all that hold later events.
        var pages: [String]?
    }

    private let indexURL: String
    private let services = SharedAnswers<String, Services>(capacity: 2)

    /// - Parameter indexURL: the V3 service index.
    public init(indexURL: String = NuGetMiner.defaultIndexURL) {
        self.indexURL = indexURL
    }

    public var ecosystem: Ecosystem {
        Ecosystem(
            id: "nuget", platform: "NuGet", fileName: "NuGet", purlType: "nuget",
            registries: [Registry(name: "NuGet service index", url: indexURL)], placeIsTime: true)
    }

    /// One span, which gives parts of itself away; an update begins about the latest event that was taken.
    public func spans(of run: RunFacts, after walked: [Cursor]) -> [Cursor] {
        let ends = walked.compactMap(\.end)
        let last = ends.max { ($0.time, $0.page ?? "") < ($1.time, $1.page ?? "") }
        return [Cursor(after: last?.time, last: last?.page)]
    }

    public func list(
        from cursor: Cursor, through session: any RegistrySession, into sink: PageSink<Cursor>
    ) async throws {
        let services = try await services(through: session)
        let catalogue = Catalogue(url: services.catalogue, session: session)
        try await CatalogueWalk(catalogue: catalogue, asksLeaves: services.registrations == nil)
            .walk(from: cursor, into: sink)
    }

    public func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        try await VersionLookup(services: services(through: session), session: session).resolve(package)
    }

    private func services(through session: any RegistrySession) async throws -> Services {
        try await services.answer(to: indexURL) { try await session.fetch(Request(indexURL), read: Services.init) }
    }

    public func isVersion(_ a: String, newerThan b: String) -> Bool {
        NuGetVersion(b) < NuGetVersion(a)
    }
}

extension NuGetMiner.Cursor {
    /// The latest event that was taken when this walk had ended, and its page.
    fileprivate var end: (time: RegistryTime, page: String?)? {
        if let reached, after.map({ $0 <= reached }) ?? true { return (reached, latest ?? page) }
        return after.map { ($0, last) }
    }
}
