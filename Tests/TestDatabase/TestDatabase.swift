import Foundation
public import MinerTestKit
public import PackageMining
import Synchronization

/// A checksum database on loopback that can grow, forget, fork and lie.
public final class TestDatabase: Sendable {
    private struct State {
        var tree: SlowTree
        var roots: [String: [UInt8]] = [:]
        var records: [String]
        var answers: [String: LoopbackAnswer] = [:]
        var isForgetful = false
        var servesHashes = true
        var head: String?
    }

    private let state: Mutex<State>
    private let key: SigningKey

    public init(_ records: [String], key: SigningKey = .test) {
        self.key = key
        state = Mutex(State(tree: SlowTree(records), records: records))
    }

    /// So many records, of a few modules, always the same.
    public convenience init(records count: Int) {
        self.init(TestDatabase.records(0..<count))
    }

    /// Records with these numbers, most of two lines, some of one, of three, or of swapped ones.
    public static func records(_ numbers: Range<Int>) -> [String] {
        numbers.map { number in
            let version = "v1.\(number).0"
            let path = path(number)
            let hash = "h1:" + Data(repeating: UInt8(number % 251), count: 32).base64EncodedString()
            let files = "\(path) \(version) \(hash)\n"
            let mod = "\(path) \(version)/go.mod \(hash)\n"
            switch number % 50 {
            case 7: return mod + files
            case 13: return files
            case 31: return files + mod + mod
            default: return files + mod
            }
        }
    }

    /// The module of a record.
    public static func path(_ number: Int) -> String {
        "example.com/Module-\((number * 7_919) % 997)"
    }

    /// The modules of so many records, in the order in which they are first met.
    public static func paths(_ count: Int) -> [String] {
        var seen: Set<String> = []
        return (0..<count).map(path).filter { seen.insert($0).inserted }
    }

    public var size: Int { state.withLock { $0.records.count } }

    /// Adds records. Their texts may be those that no honest database has.
    public func grow(_ more: [String]) {
        rewrite { $0 + more }
    }

    /// Changes what it has, as no honest database does.
    public func rewrite(_ change: ([String]) -> [String]) {
        state.withLock { state in
            state.records = change(state.records)
            state.tree = SlowTree(state.records)
            state.roots = [:]
        }
    }

    /// Has an address, without the slash before it, answered so; nil for the truth.
    public func answer(_ path: String, with answer: LoopbackAnswer?) {
        state.withLock { $0.answers[path] = answer }
    }

    /// Has a record of a data tile changed, and its hash not.
    public func tamper(_ path: String) {
        let body = String(decoding: answer(to: path).body, as: UTF8.self)
        answer(
            path, with: LoopbackAnswer(200, body: Array(body.replacing("v1.", with: "v2.", maxReplacements: 1).utf8)))
    }

    /// Whether parts of tiles are gone that are not at the tree's end.
    public func forgetParts() {
        state.withLock { $0.isForgetful = true }
    }

    /// Leaves tiles of hashes out.
    public func serveNoHashes() {
        state.withLock { $0.servesHashes = false }
    }

    /// Has this told as the newest head.
    public func tell(head: String?) {
        state.withLock { $0.head = head }
    }

    /// The signed head of the first records.
    public func head(of size: Int? = nil) -> String {
        let size = size ?? self.size
        let root = state.withLock { state -> [UInt8] in self.root(of: size, &state) }
        return key.note("go.sum database tree\n\(size)\n\(Data(root).base64EncodedString())\n")
    }

    public func root() -> String {
        let root = state.withLock { state -> [UInt8] in self.root(of: state.records.count, &state) }
        return Data(root).base64EncodedString()
    }

    private func root(of size: Int, _ state: inout State) -> [UInt8] {
        if let known = state.roots["first \(size)"] { return known }
        let root = state.tree.root(0..<size)
        state.roots["first \(size)"] = root
        return root
    }
}

// MARK: What it answers

extension TestDatabase {
    public func answer(to path: String) -> LoopbackAnswer {
        if let answer = state.withLock({ $0.answers[path] }) { return answer }
        if path == "latest" { return LoopbackAnswer(200, body: Array((state.withLock { $0.head } ?? head()).utf8)) }
        guard let body = tile(path) else { return .text(404, "not found") }
        return LoopbackAnswer(200, body: body)
    }

    private func tile(_ path: String) -> [UInt8]? {
        guard let match = path.wholeMatch(of: #/tile/8/(data|\d+)/((?:x\d{3}/)*\d{3})(?:\.p/(\d+))?/#),
            let number = Int(match.2.filter(\.isNumber))
        else { return nil }
        let count = match.3.flatMap { Int($0) } ?? 256
        return state.withLock { state in
            guard state.servesHashes || match.1 == "data" else { return nil }
            let level = match.1 == "data" ? 0 : Int(match.1) ?? 0
            let unit = Int(pow(256.0, Double(level)))
            let first = number * 256
            let whole = state.records.count / unit
            guard (1...256).contains(count), first + count <= whole else { return nil }
            if state.isForgetful, count < 256, first + count < whole { return nil }
            if match.1 == "data" {
                return (first..<(first + count)).flatMap { Array("\($0)\n\(state.records[$0])\n".utf8) }
            }
            return (first..<(first + count)).flatMap { root(level, $0, unit, &state) }
        }
    }

    private func root(_ level: Int, _ index: Int, _ unit: Int, _ state: inout State) -> [UInt8] {
        if let known = state.roots["\(level) \(index)"] { return known }
        let root = state.tree.root((index * unit)..<((index + 1) * unit))
        state.roots["\(level) \(index)"] = root
        return root
    }
}

// MARK: Serving

extension TestDatabase {
    /// Serves under `/sum/`, and what is not there by `others`.
    public func serve<Result>(
        misbehaving: Misbehaviour = .none, asked: @escaping @Sendable () -> Void = {},
        others: @escaping @Sendable (LoopbackRequest) -> LoopbackAnswer = { _ in .text(404, "not found") },
        body: (LoopbackServer) async throws -> Result
    ) async throws -> Result {
        try await LoopbackServer.run(misbehaving: misbehaving) { request in
            asked()
            return request.path.hasPrefix("/sum/")
                ? self.answer(to: String(request.path.dropFirst(5))) : others(request)
        } body: {
            try await body($0)
        }
    }

    /// What `--sumdb` takes.
    public func setting(at server: LoopbackServer) -> String {
        "\(SigningKey.testVerifier) \(server.baseURL)/sum"
    }
}

/// Asks the database without a wire.
public struct DatabaseSession: RegistrySession {
    private let database: TestDatabase
    private let asked = Asked()

    public static let setting = "\(SigningKey.testVerifier) https://sum.test"

    public init(_ database: TestDatabase) {
        self.database = database
    }

    /// What was asked for, without the slash in front.
    public var requests: [String] { asked.paths.withLock { $0 } }

    public func fetch<Answer: Sendable>(
        _ request: Request, read: @Sendable (Response) throws -> Answer
    ) async throws -> Answer {
        let path = String(request.url.dropFirst("https://sum.test/".count))
        asked.paths.withLock { $0.append(path) }
        let answer = database.answer(to: path)
        return try read(Response(status: answer.status, url: request.url, body: answer.body))
    }

    public func download(
        _ request: Request, receive: @Sendable ([UInt8]) async throws -> Void
    ) async throws -> Response {
        throw WireError(.refused, url: request.url, "a database has no downloads")
    }

    public func activity() -> SessionActivity { SessionActivity() }

    private final class Asked: Sendable {
        let paths = Mutex<[String]>([])
    }
}
