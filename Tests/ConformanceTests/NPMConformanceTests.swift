import Foundation
import MinerTestKit
import NPMMiner
import PackageMining
import Synchronization
import Testing

@Suite("The npm miner")
struct NPMConformanceTests {
    @Test("The npm miner keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance { NPMFixture() }.check(promise)
    }
}

/// A small npm: a replication database, whose documents have their last change each, and a registry that has lost the
/// manifest of one package, holds another's name, and withholds a third.
private final class NPMFixture: RegistryFixture {
    private struct State {
        var documents: [Document] = []
        var seq = 100
        /// What the database says of itself, where that is less than what its feed tells.
        var updateSeq: Int?
        var pageSize = 9
        /// So many of the last documents are left, in a database whose seqs have begun anew.
        var kept: Int?
        /// How many documents there were when the names were first asked for.
        var listed: Int?
    }

    private let state = Mutex(State())

    init() {
        for name in ["plain", "JSONStream", "@scope/name", "-", "only-in-the-document", "held", "unpublished"] {
            tell(name)
        }
        for name in ["taken-down", "_design", "~tilde'(!)*", "last"] { tell(name) }
        state.withLock { $0.documents.append(Document(name: Array("_design/app".utf8), seq: 50)) }
    }

    private func tell(_ name: String) { tell(Array(name.utf8)) }

    private func tell(_ name: [UInt8], isReadable: Bool = true) {
        state.withLock { state in
            state.seq += 3
            state.documents.append(Document(name: name, seq: state.seq, isReadable: isReadable))
        }
    }

    func miner(at baseURL: String) -> NPMMiner {
        NPMMiner(replicationURL: baseURL + "/db", registryURL: baseURL + "/registry")
    }

    func kind(of request: LoopbackRequest) -> RequestKind {
        guard request.path.hasPrefix("/registry/") else { return .listing }
        return request.path.hasSuffix("/latest") ? .lookUp("manifest") : .lookUp("document")
    }

    var pace: Pace? { Pace(perMinute: 60) }
    var pageSizes: [Int] { [2, 3, 5] }
    func setPageSize(_ size: Int) { state.withLock { $0.pageSize = size } }

    func grow() { for name in ["new-1", "@new/2", "A-new-3"] { tell(name) } }

    func add(names: [String]) -> Bool {
        names.forEach(tell)
        return true
    }

    func add(rawNames: [[UInt8]]) -> Bool {
        for name in rawNames { tell(name) }
        return true
    }

    func addUnreadableEntry() -> Bool {
        tell(Array("unreadable".utf8), isReadable: false)
        return true
    }

    func remove(_ name: String) -> Bool { change(name) { $0.isDeleted = true } }
    func change(_ name: String) -> Bool { change(name) { $0.generation += 1 } }

    private func change(_ name: String, _ change: (inout Document) -> Void) -> Bool {
        state.withLock { state in
            guard let index = state.documents.firstIndex(where: { $0.name == Array(name.utf8) }) else { return false }
            state.seq += 3
            state.documents[index].seq = state.seq
            change(&state.documents[index])
            return true
        }
    }

    /// A document may be told again at a later seq, unchanged.
    /// The seqs have begun anew, so that the names are listed anew.
    func shrink(to count: Int?) -> Bool {
        state.withLock { $0.kept = count }
        return true
    }

    func repeatEntries(_ times: Int) -> Bool {
        state.withLock { state in
            state.updateSeq = state.seq
            for index in state.documents.indices where times > 1 { state.documents[index].repeats = times - 1 }
        }
        return true
    }

    var expected: [ExpectedRow] {
        let (documents, listed) = state.withLock { ($0.documents, $0.listed ?? $0.documents.count) }
        func isTold(_ document: Document) -> Bool { document.isReadable && !document.isOfView && document.isUTF8 }
        let first = documents.prefix(listed).filter(isTold).sorted { $0.name.lexicographicallyPrecedes($1.name) }
        let later = documents.dropFirst(listed).filter(isTold)
        return (first + later).map(\.expected)
    }
}

/// A package's document, at its last change.
private struct Document: Sendable {
    let name: [UInt8]
    var seq: Int
    var isReadable = true
    var generation = 1
    var isDeleted = false
    var repeats = 0

    var text: String { String(decoding: name, as: UTF8.self) }
    var isOfView: Bool { text.hasPrefix("_design/") }
    var isUTF8: Bool { Array(text.utf8) == name }

    var homepage: String { "https://home.test/\(generation)" }
    var repository: String { "git+https://git.test/\(generation)/\(name.count).git" }

    var expected: ExpectedRow {
        switch text {
        case _ where isDeleted: ExpectedRow(text, outcome: .withdrawn)
        case ".", "..": ExpectedRow(text, outcome: .invalidName)
        case "held": ExpectedRow(text)
        case "unpublished": ExpectedRow(text, outcome: .gone)
        case "taken-down": ExpectedRow(text, outcome: .withheld)
        default: ExpectedRow(text, homepage: homepage, repository: repository)
        }
    }

    var id: [UInt8] { isReadable ? [UInt8](#""id":""#.utf8) + jsonBytes(name) + [0x22, 0x2C] : [] }
    private var revision: String { #""rev":"\#(generation)-\#(seq)""# }

    /// Told by the list of names.
    var row: [UInt8] { [0x7B] + id + Array("\"value\":{\(revision)}}".utf8) }

    /// Told by the feed.
    func change(at seq: Int) -> [UInt8] {
        let deletion = isDeleted ? #","deleted":true"# : ""
        return [0x7B] + id + Array("\"seq\":\(seq),\"changes\":[{\(revision)}]\(deletion)}".utf8)
    }

    var manifest: String {
        text == "held"
            ? #"{"name":"held","homepage":"https://npm.example","repository":"npm/security-holder"}"#
            : #"{"name":"x","homepage":"\#(homepage)","repository":{"type":"git","url":"\#(repository)"}}"#
    }

    var document: String {
        text == "unpublished"
            ? #"{"name":"x","time":{"created":"2020-01-01T00:00:00Z","unpublished":{"versions":["1.0.0"]}}}"#
            : #"{"name":"x","dist-tags":{"latest":"1"},"versions":{"0":{},"1":\#(manifest)},"homepage":"https://old"}"#
    }
}

/// Bytes as JSON writes them between its quotes.
private func jsonBytes(_ text: [UInt8]) -> [UInt8] {
    text.flatMap { byte -> [UInt8] in
        switch byte {
        case 0x22, 0x5C: [0x5C, byte]
        case 0..<0x20: Array("\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8)
        default: [byte]
        }
    }
}

/// What it answers.
extension NPMFixture {
    func answer(to request: LoopbackRequest) -> LoopbackAnswer { answer(to: request, ofMost: .max) }

    func shortPage(of count: Int, for request: LoopbackRequest) -> LoopbackAnswer? {
        answer(to: request, ofMost: count)
    }

    func emptyPage(for request: LoopbackRequest) -> LoopbackAnswer? { shortPage(of: 0, for: request) }

    private func answer(to request: LoopbackRequest, ofMost most: Int) -> LoopbackAnswer {
        let state = state.withLock { $0 }
        switch request.path {
        case "/db/":
            return .json(
                #"{"db_name":"registry","update_seq":\#(state.kept == nil ? state.updateSeq ?? state.seq : 10)}"#)
        case "/db/_all_docs": return names(from: request.query("startkey"), ofMost: min(most, state.pageSize))
        case "/db/_changes":
            return changes(since: request.query("since").flatMap(Int.init) ?? 0, ofMost: min(most, state.pageSize))
        default: return registered(request.path.dropFirst("/registry/".count))
        }
    }

    private func names(from key: String?, ofMost most: Int) -> LoopbackAnswer {
        let documents = state.withLock { state in
            if key == nil { state.listed = state.listed ?? state.documents.count }
            return state.documents.suffix(state.kept ?? .max).filter { !$0.isDeleted }.sorted {
                $0.name.lexicographicallyPrecedes($1.name)
            }
        }
        let start = key.flatMap { try? JSONDecoder().decode(String.self, from: Data($0.utf8)) } ?? ""
        let offset = documents.count { $0.name.lexicographicallyPrecedes(Array(start.utf8)) }
        let rows = documents[offset...].prefix(most).map(\.row)
        return page(#"{"total_rows":\#(documents.count),"offset":\#(offset),"rows":["#, rows, "]}")
    }

    private func changes(since seq: Int, ofMost most: Int) -> LoopbackAnswer {
        let (documents, last, isAnew) = state.withLock { ($0.documents, $0.seq, $0.kept != nil) }
        if isAnew { return .json(#"{"results":[],"last_seq":10}"#) }
        let first = documents.filter { $0.seq > seq }.sorted { $0.seq < $1.seq }.map { (seq: $0.seq, document: $0) }
        let rows = (first + repeated(documents, behind: max(seq, last), ofMost: most)).prefix(most)
        let end = rows.last?.seq ?? max(seq, last)
        return page(#"{"results":["#, rows.map { $1.change(at: $0) }, #"],"last_seq":\#(end)}"#)
    }

    /// The documents told again and again behind the last seq of the first time.
    private func repeated(
        _ documents: [Document], behind seq: Int, ofMost most: Int
    ) -> [(seq: Int, document: Document)] {
        let last = state.withLock(\.seq)
        let end = last + documents.count * (documents.map(\.repeats).max() ?? 0)
        return (seq..<max(seq, end)).lazy.map { (seq: $0 + 1, place: $0 - last) }
            .filter { documents[$0.place % documents.count].repeats > $0.place / documents.count }
            .prefix(most).map { ($0.seq, documents[$0.place % documents.count]) }
    }

    private func page(_ head: String, _ rows: [[UInt8]], _ end: String) -> LoopbackAnswer {
        LoopbackAnswer(200, body: Array(head.utf8) + rows.joined(separator: [0x2C]) + Array(end.utf8))
    }

    private func registered(_ path: Substring) -> LoopbackAnswer {
        let isManifest = path.hasSuffix("/latest")
        let name = Array(LoopbackRequest(target: String(isManifest ? path.dropLast(7) : path)).decodedPath.utf8)
        let found = state.withLock { $0.documents.first { $0.name == name && !$0.isDeleted } }
        guard let found else { return LoopbackAnswer(404, body: Array(#"{"error":"Not found"}"#.utf8)) }
        if found.text == "taken-down" { return .text(451, "") }
        if !isManifest { return .json(found.document) }
        let isMissing = ["only-in-the-document", "unpublished"].contains(found.text)
        return isMissing ? LoopbackAnswer(404, body: Array(#"{"error":"Not found"}"#.utf8)) : .json(found.manifest)
    }
}
