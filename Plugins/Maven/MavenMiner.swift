import PackageMining

/// Maven packages: listed by a repository's Nexus index, looked up in the POM of their newest version and its parents.
///
/// A package is a `groupId:artifactId`. The whole index is one large file; an update takes the chunks published since,
/// where they still lead on from the last one (https://maven.apache.org/repository/central-index.html). Snapshots are
/// left out.
public struct MavenMiner: EcosystemMiner {
    public static let defaultRepositoryURL = "https://repo.maven.apache.org/maven2"

    /// What of the index was taken.
    public struct Cursor: Codable, Hashable, Sendable {
        /// The index's chain and its last chunk; nil before the first whole index.
        var chain: String?
        var chunk: Int64?
    }

    private let repositoryURL: String
    private let indexURL: String
    private let library: PomLibrary

    /// How many parents a POM may have above it. Real chains have ten at most.
    private static let longestChain = 64

    /// - Parameters:
    ///   - repositoryURL: the repository's folder.
    ///   - indexURL: the folder of its index; `.index` in the repository where it is nil.
    public init(repositoryURL: String = MavenMiner.defaultRepositoryURL, indexURL: String? = nil) {
        func bare(_ url: String) -> String { url.hasSuffix("/") ? String(url.dropLast()) : url }
        self.repositoryURL = bare(repositoryURL)
        self.indexURL = indexURL.map(bare) ?? bare(repositoryURL) + "/.index"
        library = PomLibrary(repositoryURL: bare(repositoryURL))
    }

    public var ecosystem: Ecosystem {
        Ecosystem(
            id: "maven", platform: "Maven", fileName: "Maven", purlType: "maven",
            registries: [
                Registry(name: "Nexus index", url: indexURL), Registry(name: "Maven repository", url: repositoryURL),
            ])
    }

    public func spans(of run: RunFacts, after walked: [Cursor]) -> [Cursor] {
        [walked.last ?? Cursor()]
    }

    public func list(
        from start: Cursor, through session: any RegistrySession, into sink: PageSink<Cursor>
    ) async throws {
        let properties = try await fetchProperties(through: session)
        if let chain = start.chain, let chunk = start.chunk,
            let chunks = properties.chunks(after: chunk, of: chain)
        {
            var cursor = start
            for number in chunks {
                let next = Cursor(chain: chain, chunk: number)
                try await take("\(number).gz", number, true, cursor, next, session, sink)
                cursor = next
            }
        } else {
            let end = Cursor(chain: properties.chain, chunk: properties.newestChunk)
            try await take("gz", properties.newestChunk ?? 0, false, start, end, session, sink)
        }
    }

    /// A file that was not read to its end is read again from its beginning: pages stored twice change nothing.
    private func take(
        _ ending: String, _ number: Int64, _ takesDeletions: Bool, _ cursor: Cursor, _ next: Cursor,
        _ session: any RegistrySession, _ sink: PageSink<Cursor>
    ) async throws {
        let url = "\(indexURL)/nexus-maven-repository-index.\(ending)"
        let file = IndexFile(url: url, number: number, takesDeletions: takesDeletions) { page in
            try await sink.push(page, next: cursor)
        }
        let response = try await session.download(Request(url)) { chunk in try await file.take(chunk) }
        guard response.status == 200 || response.status == 206 else { throw response.statusError() }
        try await sink.push(try await file.finish(), next: next)
    }

    private func fetchProperties(through session: any RegistrySession) async throws -> IndexProperties {
        try await session.fetch(Request("\(indexURL)/nexus-maven-repository-index.properties")) { response in
            let text = String(decoding: try response.bodyOfSuccess(), as: UTF8.self)
            if let properties = IndexProperties(text) { return properties }
            throw WireError(.malformed, url: response.url, "these are no properties of an index", status: 200)
        }
    }

    /// What a POM inherits from parents that the repository does not have is not known; the rest is told.
    public func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        let name = package.name.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard name.count == 2 else { return Resolution(.invalidName) }
        var next: Pom.Coordinates? = Pom.Coordinates(
            group: name[0], artifact: name[1], version: package.newest.version)
        var chain: [Pom] = []
        var seen: Set<Pom.Coordinates> = []
        while let coordinates = next, chain.count < Self.longestChain, seen.insert(coordinates).inserted {
            switch try await library.entry(coordinates, through: session) {
            case .pom(let pom):
                chain.append(pom)
                next = pom.parent
            case .absent where chain.isEmpty: return Resolution(.gone)
            case .refused(let outcome) where chain.isEmpty: return Resolution(outcome)
            case .unreadable(let error) where chain.isEmpty: throw error
            case .absent, .refused, .unreadable: next = nil
            }
        }
        let pom = EffectivePom(chain: chain)
        return .links(homepage: pom?.homepage, repository: pom?.repository)
    }

    public func isVersion(_ a: String, newerThan b: String) -> Bool {
        MavenVersion(b) < MavenVersion(a)
    }
}
