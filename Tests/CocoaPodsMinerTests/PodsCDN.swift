import CocoaPodsMiner
import ContentDigest
import MinerHarness
import PackageMining
import Synchronization

/// CocoaPods' CDN as a test writes it: names, lines of shards, which are put where they belong, and podspecs. Each file
/// has an ETag that tells its content.
final class PodsCDN: InMemoryRegistry {
    struct State: Sendable {
        var names: [String] = []
        /// `Name/1.0/1.1`
        var lines: [String] = []
        /// Podspecs by their paths, as they are sent, and what is answered in the place of other files.
        var files: [String: (status: Int, body: String)] = [:]
        /// What happens before the first request for a file is answered.
        var events: [String: @Sendable (inout State) -> Void] = [:]
    }

    static let url = "https://cdn.test/pods"
    private let state = Mutex(State())
    private let asked = Mutex<[String]>([])
    private let digits: Int

    /// - Parameter digits: how many tell a shard, as with the miner.
    init(digits: Int = 1) { self.digits = digits }

    /// As a new process makes it.
    var miner: CocoaPodsMiner { CocoaPodsMiner(cdnURL: Self.url, digits: digits) }

    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

    /// Tells of a pod whose newest version is the first one given.
    func tell(_ name: String, _ versions: String..., spec: String? = nil) throws {
        let shard = try shard(of: name)
        let folder = "Specs/\(shard.joined(separator: "/"))/\(urlSegment(name) ?? "")"
        let file = "\(folder)/\(versions.first ?? "")/\(urlSegment("\(name).podspec.json") ?? "")"
        change { state in
            state.names.append(name)
            state.lines.append(([name] + versions.reversed()).joined(separator: "/"))
            state.files[file] = (200, spec ?? Self.spec(name, versions.first ?? ""))
        }
    }

    static func spec(_ name: String, _ version: String) -> String {
        #"{"name":"\#(name)","homepage":"https://home.test/\#(version)","source":{"git":"https://git.test/\#(version)"}}"#
    }

    /// The row of a list that says so.
    static func row(_ id: Int, _ name: String, _ version: String) -> String {
        "\(id) \(name) https://home.test/\(version) https://git.test/\(version)"
    }

    private func shard(of name: String) throws -> [String] {
        try Digest.hex(of: name.utf8, by: .md5).prefix(digits).map(String.init)
    }

    /// The file of a pod's shard.
    func shardFile(of name: String) throws -> String {
        "all_pods_versions_\(try shard(of: name).joined(separator: "_")).txt"
    }

    /// The files that were asked for since the last time, in the order of their names.
    func requests() -> [String] {
        asked.withLock { asked in
            defer { asked = [] }
            return asked.sorted()
        }
    }

    func answer(to request: Request) async throws -> Response {
        let file = String(request.url.dropFirst(Self.url.count + 1))
        let state = state.withLock { state in
            state.events.removeValue(forKey: file)?(&state)
            return state
        }
        let (status, body) = try answer(file, of: state)
        let tag = Header("ETag", "W/\"\(try Digest.hex(of: body.utf8, by: .md5))\"")
        let isKnown = status == 200 && request.known?.etag == tag.value
        asked.withLock { $0.append("\(file)\(isKnown ? " as it was" : request.failures > 0 ? " again" : "")") }
        if isKnown { return Response(status: 304, url: request.url, headers: [tag]) }
        return Response(status: status, url: request.url, headers: [tag], body: Array(body.utf8))
    }

    private func answer(_ file: String, of state: State) throws -> (status: Int, body: String) {
        if let answer = state.files[file] { return answer }
        if file == "all_pods.txt" { return (200, state.names.map { $0 + "\n" }.joined()) }
        guard file.hasPrefix("all_pods_versions_") else { return (404, "") }
        let lines = try state.lines.filter { line in
            try shardFile(of: String(line.prefix { $0 != "/" })) == file
        }
        return (200, lines.map { $0 + "\n" }.joined())
    }
}
