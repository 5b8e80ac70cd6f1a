import DebianFormats
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
    let keyring: Keyring?

    /// - Parameters:
    ///   - archiveURL: the folder in which `dists` is.
    ///   - components: none for all that a suite has.
    ///   - keyring: whose keys are to have signed the suites; nil where nothing is verified.
    public init(archiveURL: String, suites: [String] = ["stable"], components: [String] = [], keyring: Keyring? = nil) {
        (self.archiveURL, self.keyring) = (bareURL(archiveURL), keyring)
        (self.suites, self.components) = (suites, components)
    }

    public var ecosystem: Ecosystem {
        let chosen = components.isEmpty ? "all" : components.joined(separator: " ")
        return Ecosystem(
            id: "debian", platform: "Debian", fileName: "Debian", purlType: "deb",
            registries: [Registry(name: "Debian archive", url: archiveURL)],
            options: ["suite": suites.joined(separator: " "), "component": chosen, "repository": "of the packaging"],
            signature: keyring?.outcome ?? "not verified")
    }

    /// With a keyring a suite is asked for whatever is known of it: what is known need not have been verified.
    public func packages(from source: inout SnapshotSource) async throws -> SnapshotPackages {
        var files: [Download<StanzaReader>] = []
        for suite in suites {
            let folder = "\(archiveURL)/dists/\(suite)"
            let isPart = suites.count > 1 || keyring != nil
            let index = try await source.index(ofSuite: suite, in: folder, isPart: isPart)
            try await keyring?.verify(
                index.document, at: index.url, beside: "\(folder)/Release.gpg", through: source.session)
            files += try self.files(of: index, suite, from: &source)
        }
        return try await source.read(files, into: SourcePackages()) { $0.take($1, of: $2) }.packages
    }

    /// A component that the suite had last is missed though it is named no more: who asks for others asks for another list.
    private func files(
        of index: SuiteIndex, _ suite: String, from source: inout SnapshotSource
    ) throws -> [Download<StanzaReader>] {
        let asked = components.isEmpty ? index.components : components
        let found = asked.compactMap { index.sources(of: $0) { StanzaReader(taking: SourcePackages.fields) } }
        let told = "it has no Sources; the suite's components: \(index.components.prefix(20).joined(separator: " "))"
        let missing = asked.filter { name in !found.contains { $0.component == name } }
        source.hasParts(found.map(\.folder), missing: missing, of: suite, at: index.url, told)
        if !found.isEmpty { return found.map(\.file) }
        throw WireError(.malformed, url: index.url, "it has Sources of no component that is asked for", isFinal: true)
    }

    public func isVersion(_ a: String, newerThan b: String) -> Bool { DebianVersion(b) < DebianVersion(a) }
}
