public import EcosystemPlugins
public import PackageMining
import RecordReaders
public import RegistryDocuments

/// The source packages of a Debian archive, or of one of its kind: listed by what its suites say of their components.
///
/// `InRelease` tells the checksums of each component's Sources, which have all that there is to know here. The homepage
/// is upstream's. The repository is that of the packaging, as Debian keeps it, and not upstream's.
public struct DebianMiner: SnapshotMiner {
    private let archiveURL: String
    private let suites: [String]
    private let components: [String]
    private let keyring: Keyring?

    /// - Parameters:
    ///   - archiveURL: the folder in which `dists` is.
    ///   - components: none for all that a suite has.
    ///   - keyring: whose keys are to have signed the suites; nil where nothing is verified.
    public init(archiveURL: String, suites: [String] = ["stable"], components: [String] = [], keyring: Keyring? = nil) {
        self.archiveURL = archiveURL.hasSuffix("/") ? String(archiveURL.dropLast()) : archiveURL
        (self.suites, self.components, self.keyring) = (suites, components, keyring)
    }

    public var ecosystem: Ecosystem {
        let chosen = components.isEmpty ? "all" : components.joined(separator: " ")
        return Ecosystem(
            id: "debian", platform: "Debian", fileName: "Debian", purlType: "deb",
            registries: [Registry(name: "Debian archive", url: archiveURL)],
            options: ["suite": suites.joined(separator: " "), "component": chosen, "repository": "of the packaging"],
            signature: keyring?.outcome ?? "not verified")
    }

    var notice: String? { keyring?.notice }

    public func packages(from source: inout SnapshotSource) async throws -> SnapshotPackages {
        var files: [Download<StanzaReader>] = []
        for suite in suites { files += try await self.files(of: suite, from: &source) }
        return try await source.read(files, into: SourcePackages()) {
            $0.take($1, of: $2)
        } atEnd: { packages, _, _ in
            packages.endFile()
        }.packages
    }

    /// With a keyring the index is asked for whatever is known of it: what is known need not have been verified.
    private func files(of suite: String, from source: inout SnapshotSource) async throws -> [Download<StanzaReader>] {
        let folder = "\(archiveURL)/dists/\(suite)"
        let index = try await source.index(
            atFirstOf: ["\(folder)/InRelease", "\(folder)/Release"], isPart: suites.count > 1 || keyring != nil
        ) { try SuiteIndex($0) }
        try await keyring?.verify(
            index.document, at: index.url, beside: "\(folder)/Release.gpg", through: source.session)
        if let date = index.date { try source.isOf(date, of: suite, at: index.url) }
        if let end = index.validUntil { source.isGood(until: end, at: index.url) }
        var files: [Download<StanzaReader>] = []
        for component in components.isEmpty ? index.components : components {
            if let file = index.sources(of: component, in: folder) {
                files.append(file)
            } else {
                let told =
                    "the suite has no Sources of it; its components are: \(index.components.joined(separator: " "))"
                source.note(Problem(.gap, at: "\(component) of \(index.url)", told))
            }
        }
        guard !files.isEmpty else {
            throw WireError(
                .malformed, url: index.url, "it has Sources of no component that is asked for", isFinal: true)
        }
        return files
    }

    public func isVersion(_ a: String, newerThan b: String) -> Bool { DebianVersion(b) < DebianVersion(a) }
}
