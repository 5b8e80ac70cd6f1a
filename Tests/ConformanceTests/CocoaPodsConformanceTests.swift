import CocoaPodsMiner
import ContentDigest
import Foundation
import MinerTestKit
import PackageMining
import Synchronization
import Testing

@Suite("The CocoaPods miner")
struct CocoaPodsConformanceTests {
    @Test("The CocoaPods miner keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance { CocoaPodsFixture() }.check(promise)
    }
}

/// A small CDN of sixteen shards: names, shards with an ETag each, of which some are empty, and a podspec a version
/// (CocoaPods/Core's `cdn_source.rb`, July 2026).
///
/// One pod has no version. Nothing in a list or a shard says that it is whole: each is believed for the other's sake.
private final class CocoaPodsFixture: RegistryFixture {
    private struct State {
        var pods: [Pod] = []
        var listing = 1
        var unreadable = 0
        /// So many of the last pods are told; nil where all are.
        var kept: Int?

        var told: [Pod] { pods.suffix(kept ?? pods.count).filter { !$0.isRemoved } }

        mutating func tell(_ name: String, _ form: Pod.Form = .named) {
            pods.append(Pod(name: name, number: pods.count + 1, listing: listing, form: form))
        }
    }

    private let state = Mutex(State())
    private let raw = RawNames()

    init() {
        _ = add(names: ["!Proto", "+verify", "-", "ID.me WebVerify", "LRUCache", "LruCache", "🔒", "下拉图片放大", "AFN"])
        state.withLock { $0.tell("no-version", .withoutVersion) }
    }

    func miner(at baseURL: String) -> CocoaPodsMiner { CocoaPodsMiner(cdnURL: baseURL + "/cdn/", digits: 1) }

    var pace: Pace? { Pace(atOnce: 50) }

    func kind(of request: LoopbackRequest) -> RequestKind {
        request.path.hasPrefix("/cdn/all_pods") ? .listing : .lookUp()
    }

    func answer(to request: LoopbackRequest) -> LoopbackAnswer {
        let state = state.withLock { $0 }
        let path = request.decodedPath.utf8.dropFirst("/cdn/".utf8.count)
        let file = String(Substring(path))
        if file == "all_pods.txt" {
            let names = state.told.map { $0.name + "\n" }
            return text(names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.joined(), to: request)
        }
        if file.hasPrefix("all_pods_versions_") {
            let shard = file.dropFirst("all_pods_versions_".count).prefix(1)
            var lines = state.told.filter { $0.shard == shard }.compactMap(\.line)
            // All unreadable ones are in the first shard.
            if shard == "0" { lines += (0..<state.unreadable).map { "/\($0).0" } }
            return text(lines.map { $0 + "\n" }.joined(), to: request)
        }
        let pod = state.told.first { pod in pod.paths.contains { Array($0.utf8) == Array(path) } }
        return pod.map { .json($0.spec) } ?? .text(404, "Couldn't find the requested file")
    }

    private func text(_ text: String, to request: LoopbackRequest) -> LoopbackAnswer {
        var answer = raw.put(into: LoopbackAnswer(200, body: Array(text.utf8)))
        let tag = (try? Digest.hex(of: answer.body, by: .md5)) ?? ""
        answer.headers = [Header("Content-Type", "text/plain; charset=utf-8"), Header("ETag", "W/\"\(tag)\"")]
        return answer.conditional(on: request)
    }

    var expected: [ExpectedRow] {
        state.withLock { $0.pods }.filter { !RawNames.isOne($0.name) }.sorted { a, b in
            a.listing == b.listing ? a.name.utf8.lexicographicallyPrecedes(b.name.utf8) : a.listing < b.listing
        }.map(\.expected)
    }

    func grow() {
        state.withLock { $0.listing += 1 }
        _ = add(names: ["A-new", "new", "ƶ"])
    }

    /// What no line can hold no pod has.
    func add(names: [String]) -> Bool {
        state.withLock { state in
            for name in names where !name.utf8.contains(where: { $0 == 0x2F || $0 == 0x0A }) {
                if name.isEmpty { state.unreadable += 1 }
                state.tell(name, name.isEmpty ? .withoutVersion : .named)
            }
        }
        return true
    }

    func add(rawNames: [[UInt8]]) -> Bool { add(names: raw.add(rawNames)) }

    func addUnreadableEntry() -> Bool {
        state.withLock { $0.unreadable += 1 }
        return true
    }

    var isListedWhole: Bool { true }

    /// A file that has nothing.
    func emptyPage(for request: LoopbackRequest) -> LoopbackAnswer? { LoopbackAnswer(200) }

    func shrink(to count: Int?) -> Bool {
        state.withLock { $0.kept = count }
        return true
    }

    func remove(_ name: String) -> Bool { change(name) { $0.isRemoved = true } }

    func change(_ name: String) -> Bool {
        change(name) { pod in
            pod.publications += 1
            if pod.form == .withoutVersion { pod.form = .named }
        }
    }

    private func change(_ name: String, _ body: (inout Pod) -> Void) -> Bool {
        state.withLock { state in
            guard let index = state.pods.firstIndex(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
                return false
            }
            body(&state.pods[index])
            return true
        }
    }
}

private struct Pod {
    enum Form { case named, withoutVersion }

    let name: String
    let number: Int
    let listing: Int
    var form: Form
    var publications = 1
    var isRemoved = false

    var shard: String { String(((try? Digest.hex(of: name.utf8, by: .md5)) ?? "").prefix(1)) }

    /// The newest one in the middle.
    private var versions: [String] { ["0.9", "0.\(9 + publications).0", "0.10.0-rc.1", "0.2", ".hidden"] }

    var line: String? { form == .withoutVersion ? nil : ([name] + versions).joined(separator: "/") }

    var paths: [String] {
        form == .withoutVersion
            ? [] : ["Specs/\(shard)/\(name)/0.\(9 + publications).0/\(name).podspec.json"]
    }

    private var homepage: String? { number % 4 == 0 ? nil : "https://home.test/\(number)/\(publications)" }
    private var repository: String? { number % 5 == 0 ? nil : "https://git.test/\(number)/\(publications).git" }

    var spec: String {
        let kind = ["git", "svn", "hg"][number % 3]
        let source = repository.map { #"{"\#(kind)":"\#($0)","tag":"1","http":"https://archive.test"}"# }
        let home = homepage.map { #","homepage":"\#($0)""# } ?? ""
        return #"{"name":\#(jsonText(name)),"source":\#(source ?? #"{"http":"https://a.test/a.zip"}"#)\#(home)}"#
    }

    var expected: ExpectedRow {
        if isRemoved { return ExpectedRow(name, outcome: .withdrawn) }
        if form == .withoutVersion { return ExpectedRow(name, outcome: .noVersion) }
        if name == "." || name == ".." { return ExpectedRow(name, outcome: .invalidName) }
        return ExpectedRow(name, homepage: homepage, repository: repository)
    }
}

private func jsonText(_ text: String) -> String {
    String(decoding: (try? JSONEncoder().encode(text)) ?? Data(), as: UTF8.self)
}
