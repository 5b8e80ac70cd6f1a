import MavenFormats
public import PackageMining
import RegistryDocuments

/// Maven packages: listed by a repository's Nexus index, looked up in the POM of their newest version and its parents.
///
/// A package is a `groupId:artifactId`. The whole index is one large file; an update takes the chunks published since,
/// where they still lead on from the last one (https://maven.apache.org/repository/central-index.html). Snapshots are
/// left out.
public struct MavenMiner: EcosystemMiner {
    public static let defaultRepositoryURL = "https://repo.maven.apache.org/maven2"

    /// What of the index was taken.
    public struct Cursor: Codable, Hashable, Sendable {
        /// The index's chain and its last chunk; nil before the first whole index, and inside any.
        var chain: String?
        var chunk: Int64?
        /// Of the file behind that, what was taken.
        var reading: Reading?
    }

    /// Where the reading of a file of the index stands.
    struct Reading: Codable, Hashable, Sendable {
        let file: IndexFile
        let point: ReadingPoint<IndexRecords>
    }

    private let repositoryURL: String
    private let indexURL: String
    private let library: PomLibrary
    private let pageSize: Int

    /// - Parameters:
    ///   - repositoryURL: the repository's folder.
    ///   - indexURL: the folder of its index; `.index` in the repository where it is nil.
    ///   - pageSize: how many releases are stored at once.
    public init(
        repositoryURL: String = MavenMiner.defaultRepositoryURL, indexURL: String? = nil, pageSize: Int = 20_000
    ) {
        self.repositoryURL = bareURL(repositoryURL)
        self.indexURL = indexURL.map(bareURL) ?? bareURL(repositoryURL) + "/.index"
        self.pageSize = pageSize
        library = PomLibrary(repositoryURL: bareURL(repositoryURL))
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
        func file(_ name: String, _ number: Int64, isWhole: Bool) -> IndexFile {
            let url = "\(indexURL)/\(Self.index)\(name).gz"
            return IndexFile(url: url, number: number, timestamp: properties.timestamp, isWhole: isWhole)
        }
        let chunks = properties.chunks(after: start.chunk, of: start.chain)
        var cursor = start
        do {
            for number in chunks ?? [] {
                let next = Cursor(chain: properties.chain, chunk: number)
                try await take(file(".\(number)", number, isWhole: false), from: cursor, to: next, session, sink)
                cursor = next
            }
        } catch let error as WireError where error.category == .absent || error.category == .malformed {
            // A chunk is gone, or was broken when it was written. The whole index tells what it told.
        }
        let end = Cursor(chain: properties.chain, chunk: properties.newestChunk)
        if chunks != nil && cursor == end { return }
        try await take(file("", properties.newestChunk ?? 0, isWhole: true), from: cursor, to: end, session, sink)
    }

    private static let index = "nexus-maven-repository-index"

    /// A file that was not read to its end is read on by range, behind the last page that was stored. Where that cannot
    /// be, it is read from its beginning: pages stored twice change nothing.
    ///
    /// The whole index is a snapshot. Who goes on inside it knows of no chunk, by which it could be left unfinished.
    private func take(
        _ file: IndexFile, from cursor: Cursor, to next: Cursor, _ session: any RegistrySession,
        _ sink: PageSink<Cursor>
    ) async throws {
        let start = file.isWhole ? Cursor() : Cursor(chain: cursor.chain, chunk: cursor.chunk)
        let reading = cursor.reading.flatMap { $0.file == file ? $0 : nil }
        do {
            let last = try await file.download.pages(of: pageSize, from: reading?.point, through: session) {
                if file.isWhole { try await sink.beginSnapshot(at: start) }
            } append: {
                file.append($1, behind: $2, to: &$0)
            } push: { page, point in
                let reading = point.map { Reading(file: file, point: $0) }
                try await sink.push(page, next: Cursor(chain: start.chain, chunk: start.chunk, reading: reading))
            }
            try await sink.push(last, next: next)
        } catch let error as WireError where error.category == .malformed && reading != nil {
            // The file is another one than it says, or its server sends no parts.
            try await take(file, from: start, to: next, session, sink)
        }
    }

    private func fetchProperties(through session: any RegistrySession) async throws -> IndexProperties {
        try await session.fetch(Request("\(indexURL)/\(Self.index).properties")) { response in
            let text = String(decoding: try response.bodyOfSuccess(), as: UTF8.self)
            if let properties = IndexProperties(text) { return properties }
            throw WireError(.malformed, url: response.url, "these are no properties of an index", status: 200)
        }
    }

    /// Where the newest version's POM is missing, as the index may have versions that the repository has not, older ones
    /// are asked for.
    public func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        let name = package.name.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard name.count == 2 else { return Resolution(.invalidName) }
        return try await package.ofPlainVersions.firstAnswer { release in
            try await resolve(Coordinates(group: name[0], artifact: name[1], version: release.version), session)
        }
    }

    /// A POM that moved is followed to where it is now. What cannot be told for want of a parent is a problem: the
    /// rest is published.
    private func resolve(_ coordinates: Coordinates, _ session: any RegistrySession) async throws -> Resolution {
        var place = coordinates
        var seen: Set<Coordinates> = []
        var moved: EffectivePom?
        while seen.insert(place).inserted {
            let lineage = try await library.lineage(of: place, through: session)
            guard let pom = EffectivePom(lineage.poms) else {
                if let moved { return moved.resolution(without: lineage.gap?.reason) }
                return Resolution(lineage.gap?.outcome ?? .failed, because: lineage.gap?.reason)
            }
            guard let target = pom.relocation else { return pom.resolution(without: lineage.gap?.reason) }
            (moved, place) = (pom, target)
        }
        return moved?.resolution(without: "\(place) has moved in a circle") ?? Resolution(.failed)
    }

    /// Files of one version are told apart by their extensions alone, so that the choice does not hang on their order.
    public func isVersion(_ a: String, newerThan b: String) -> Bool {
        let (plainA, plainB) = (MavenMiner.plainVersion(a), MavenMiner.plainVersion(b))
        return plainA == plainB ? a > b : MavenVersion(plainB) < MavenVersion(plainA)
    }

    /// A version without the extension of the file that the index told of.
    fileprivate static func plainVersion(_ version: String) -> String {
        String(version.prefix { $0 != "|" })
    }
}

extension Package {
    /// Its releases by their versions alone: files of one version have one POM.
    fileprivate var ofPlainVersions: Package {
        var seen: Set<String> = []
        let releases = ([newest] + older).map { Release(version: MavenMiner.plainVersion($0.version), place: $0.place) }
            .filter { seen.insert($0.version).inserted }
        return Package(
            id: id, name: name, newest: releases[0], older: Array(releases.dropFirst()), lastTold: lastTold)
    }
}
