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
        for suite in suites {
            let index = try await self.index(of: suite, from: &source)
            files += try self.files(of: index, suite, from: &source)
        }
        return try await source.read(files, into: SourcePackages()) {
            $0.take($1, of: $2)
        } atEnd: { packages, _, _ in
            packages.endFile()
        }.packages
    }

    /// With a keyring it is asked for whatever is known of it: what is known need not have been verified.
    private func index(of suite: String, from source: inout SnapshotSource) async throws -> SuiteIndex {
        let folder = "\(archiveURL)/dists/\(suite)"
        let places = ["\(folder)/InRelease", "\(folder)/Release"]
        let index = try await source.index(atFirstOf: places, isPart: suites.count > 1 || keyring != nil) {
            try SuiteIndex($0, in: folder)
        }
        let (session, signature) = (source.session, "\(folder)/Release.gpg")
        try await keyring?.verify(index.document, at: index.url, beside: signature, through: session)
        if let date = index.date { try source.isOf(date, of: suite, at: index.url) }
        if let end = index.validUntil { source.isGood(until: end, at: index.url) }
        return index
    }

    /// A component of which the suite has none is a gap with a name. One that it had last is so though it is named no
    /// more: who asks for other components asks for another list.
    private func files(
        of index: SuiteIndex, _ suite: String, from source: inout SnapshotSource
    ) throws -> [Download<StanzaReader>] {
        let asked = components.isEmpty ? index.components : components
        let found = asked.compactMap(index.sources)
        for part in found { source.hasPart("\(suite) \(part.folder)") }
        let known = (source.known.parts ?? []).map { $0.split(separator: " ").map(String.init) }
        let lost = known.filter { part in part[0] == suite && !found.contains { $0.folder == part[1] } }.map { $0[1] }
        for name in lost { source.hasPart("\(suite) \(name)", isMissing: true) }
        for name in lost + asked.filter({ index.sources(of: $0) == nil && !lost.contains($0) }) {
            let isLost = lost.contains(name)
            let stays = isLost ? " any more: what is not told stays until --accept-shrinking says that it is meant" : ""
            let told = "the suite's components are: \(index.components.prefix(20).joined(separator: " "))"
            source.note(Problem(.gap, at: "\(name) of \(index.url)", "it has no Sources\(stays); \(told)"))
        }
        let files = found.map(\.file)
        if !files.isEmpty { return files }
        throw WireError(.malformed, url: index.url, "it has Sources of no component that is asked for", isFinal: true)
    }

    public func isVersion(_ a: String, newerThan b: String) -> Bool { DebianVersion(b) < DebianVersion(a) }
}
