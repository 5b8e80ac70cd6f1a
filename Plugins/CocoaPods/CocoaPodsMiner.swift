import ContentDigest
public import PackageMining
import RegistryDocuments
import RegistryJSON

/// Pods: listed by the names and the shards of CocoaPods' CDN, looked up in the podspec of their newest version.
///
/// These are the files that CocoaPods itself reads (CocoaPods/Core's `cdn_source.rb`, July 2026), by three digits of a
/// name's MD5 (`CocoaPods-version.yml`). A shard that is as it was is not sent again, unless its names are others.
public struct CocoaPodsMiner: EcosystemMiner {
    /// Sixteen shards, with these digits in front of their last one, in a run, which asks for the names once.
    public struct Cursor: Codable, Hashable, Sendable {
        let digits: String, run: RunFacts
        var shards: [String: PodShard.State], read = 0
    }

    public static let defaultCDNURL = "https://cdn.cocoapods.org"
    private let cdnURL: String
    private let digits: Int
    private typealias PodNames = (ofShards: [String: [String]], page: Page)
    private let names = SharedAnswers<RunFacts, PodNames>(capacity: 2)

    /// - Parameter digits: how many tell a shard: 3 of 4,096.
    public init(cdnURL: String = CocoaPodsMiner.defaultCDNURL, digits: Int = 3) {
        (self.cdnURL, self.digits) = (bareURL(cdnURL), digits)
    }

    /// CocoaPods itself asks for 50 files at once at most.
    public var ecosystem: Ecosystem {
        Ecosystem(
            id: "cocoapods", platform: "CocoaPods", fileName: "CocoaPods", purlType: "cocoapods",
            registries: [Registry(name: "CocoaPods CDN", url: cdnURL, pace: Pace(atOnce: 50))])
    }

    public func spans(of run: RunFacts, after walked: [Cursor]) -> [Cursor] {
        (0..<(1 << (4 * (digits - 1)))).map { number in
            let digits = String(String((1 << (4 * (digits - 1))) + number, radix: 16).dropFirst())
            return Cursor(digits: digits, run: run, shards: walked.last { $0.digits == digits }?.shards ?? [:])
        }
    }

    public func list(
        from start: Cursor, through session: any RegistrySession, into sink: PageSink<Cursor>
    ) async throws {
        var cursor = start
        let names = try await names.answer(to: cursor.run) { try await podNames(through: session) }
        if cursor.read == 0 {
            try await sink.beginSnapshot(at: cursor)
            try await sink.push(names.page, next: cursor)
        }
        while cursor.read < 16 {
            let digits = cursor.digits + String(cursor.read, radix: 16)
            let shard = try await shard(digits, of: names.ofShards[digits] ?? [], cursor.shards[digits], session)
            (cursor.shards[digits], cursor.read) = (shard.state, cursor.read + 1)
            try await sink.push(shard.page, next: cursor)
        }
    }

    /// Asked for twice: nothing in them says that they are all.
    private func podNames(through session: any RegistrySession) async throws -> PodNames {
        try await session.fetch(Request("\(cdnURL)/all_pods.txt"), twiceIf: { _ in true }) { response in
            var page = Page()
            return (try Dictionary(grouping: response.lines(noting: &page)) { try shard(of: $0) }, page)
        }
    }

    /// One without a line for each name is asked for again before that is believed.
    private func shard(
        _ digits: String, of names: [String], _ known: PodShard.State?, _ session: any RegistrySession
    ) async throws -> PodShard {
        var request = Request("\(cdnURL)/all_pods_versions_\(digits.map(String.init).joined(separator: "_")).txt")
        if try known?.names == PodShard.checksum(of: names) { request.known = known?.validators }
        return try await session.fetch(request, twiceIf: { !$0.missing.isEmpty }) {
            try PodShard(digits, of: names, $0, known: known)
        }
    }

    public func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        if package.newest.version.isEmpty { return Resolution(.noVersion) }
        return try await package.firstAnswer(after: package.known?.segments.dropLast().last, by: isVersion) { version in
            let parts = try shard(of: package.name).map(String.init) + [package.name, version]
            guard let path = urlPath(parts + ["\(package.name).podspec.json"]) else { return Resolution(.invalidName) }
            return try await session.lookUp(Request("\(cdnURL)/Specs/\(path)")) { response in
                let spec = try response.json(having: .text("/name"))
                let (name, told) = (spec["/name"]?.text ?? "", spec["/version"]?.text ?? version)
                guard name.utf8.elementsEqual(package.name.utf8), PodVersion(told) == PodVersion(version)
                else { throw response.malformed("it is the podspec of \(name) \(told)") }
                let repository = ["git", "svn", "hg"].compactMap { spec["/source/\($0)"]?.text }.first { !$0.isEmpty }
                return .links(homepage: spec["/homepage"]?.text, repository: repository).told(by: response)
            }
        }
    }

    private func shard(of pod: String) throws -> String { "\(try Digest.hex(of: pod.utf8, by: .md5).prefix(digits))" }

    public func isVersion(_ a: String, newerThan b: String) -> Bool { PodVersion(b) < PodVersion(a) }
}
