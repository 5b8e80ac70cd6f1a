import ClojarsMiner
import ContentDigest
import Foundation
import MinerTestKit
import PackageMining
import Synchronization
import Testing

@Suite("The Clojars miner")
struct ClojarsConformanceTests {
    @Test("The Clojars miner keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance { ClojarsFixture() }.check(promise)
    }
}

/// A small Clojars: a feed in no order, which lacks four projects that the list of all releases has, one of which has
/// snapshots alone.
private final class ClojarsFixture: RegistryFixture {
    private struct State {
        var projects: [Project] = []
        var listing = 1

        /// So many of the last projects are told; nil where all are.
        var told: Int?

        /// How often each release is told.
        var repetitions = 1

        mutating func tell(_ name: String, _ form: Project.Form = .url) {
            projects.append(Project(number: projects.count + 1, listing: listing, name: name, form: form))
        }
    }

    private let state = Mutex(State())
    private let raw = RawNames()

    init() {
        state.withLock { state in
            for number in 1...6 { state.tell("group-\(number)/artifact-\(number)") }
            state.tell("same-group")
            // A snapshot is looked up first: the requests of one package are known by its kinds then.
            state.tell("A-Snapshot/Dropped", .dropped("0.2-SNAPSHOT"))
            for name in ["Dropped/By-Feed", "Dropped/Too", "Dropped"] { state.tell(name, .dropped("1.10")) }
        }
    }

    func miner(at baseURL: String) -> ClojarsMiner { ClojarsMiner(repositoryURL: baseURL + "/repo/") }

    func kind(of request: LoopbackRequest) -> RequestKind {
        if request.path.hasSuffix("maven-metadata.xml") { return .lookUp("snapshot's builds") }
        return request.path.hasSuffix(".pom") ? .lookUp() : .listing
    }

    func answer(to request: LoopbackRequest) -> LoopbackAnswer {
        let path = request.path.replacing("/repo/", with: "", maxReplacements: 1)
        if let list = list(path.replacing(".sha1", with: "")) {
            let sum = (try? Digest.hex(of: list, by: .sha1)) ?? ""
            var answer = LoopbackAnswer(200, body: path.hasSuffix(".sha1") ? Array(sum.utf8) : list)
            answer.mayCompress = false
            return answer
        }
        for project in state.withLock({ $0.projects }) where !project.isRemoved {
            if let body = project.files["/" + path] { return LoopbackAnswer(200, body: Array(body.utf8)) }
        }
        return .text(404, "no such file")
    }

    private func list(_ name: String) -> [UInt8]? {
        let state = state.withLock { $0 }
        let told = state.projects.suffix(state.told ?? state.projects.count).filter { !$0.isRemoved }
        switch name {
        case "feed.clj.gz": return packed(told.reversed().compactMap(\.feedLine))
        case "all-jars.clj.gz":
            let releases = told.flatMap(\.releases)
            return packed((0..<state.repetitions).flatMap { _ in releases })
        default: return nil
        }
    }

    private func packed(_ lines: [String]) -> [UInt8] {
        gzip(raw.put(into: LoopbackAnswer(200, body: Array(lines.map { $0 + "\n" }.joined().utf8))).body)
    }

    var expected: [ExpectedRow] {
        state.withLock { $0.projects }.filter { $0.form != .unreadable && !RawNames.isOne($0.name) }.sorted { a, b in
            a.listing == b.listing ? a.name.utf8.lexicographicallyPrecedes(b.name.utf8) : a.listing < b.listing
        }.map(\.expected)
    }

    func grow() {
        state.withLock { $0.listing += 1 }
        _ = add(names: ["new-1", "Another/New", "zz"])
        state.withLock { $0.tell("a-new-one/dropped", .dropped("2")) }
    }

    func add(names: [String]) -> Bool {
        state.withLock { state in
            for name in names { state.tell(name, name.isEmpty ? .unreadable : .url) }
        }
        return true
    }

    func add(rawNames: [[UInt8]]) -> Bool { add(names: raw.add(rawNames)) }

    func add(namesWithManyLinks names: [String]) -> Bool {
        state.withLock { state in
            for (number, name) in names.enumerated() { state.tell(name, number % 2 == 0 ? .allLinks : .connections) }
        }
        return true
    }

    func addUnreadableEntry() -> Bool {
        state.withLock { $0.tell("", .unreadable) }
        return true
    }

    func repeatEntries(_ times: Int) -> Bool {
        state.withLock { $0.repetitions = times }
        return true
    }

    var isListedWhole: Bool { true }

    func shrink(to count: Int?) -> Bool {
        state.withLock { $0.told = count }
        return true
    }

    func remove(_ name: String) -> Bool { change(name) { $0.isRemoved = true } }

    func change(_ name: String) -> Bool { change(name) { $0.publications += 1 } }

    private func change(_ name: String, _ body: (inout Project) -> Void) -> Bool {
        state.withLock { state in
            guard let index = state.projects.firstIndex(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
                return false
            }
            body(&state.projects[index])
            return true
        }
    }
}

private struct Project {
    enum Form: Hashable {
        case url, allLinks, connections, unreadable
        /// Only the list of all releases has it, with this as the highest version.
        case dropped(String)
    }

    let number: Int
    let listing: Int
    let name: String
    let form: Form
    var publications = 1
    var isRemoved = false

    private var parts: (group: String, artifact: String) {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        return parts.count == 2 && !parts.contains("") ? (parts[0], parts[1]) : (name, name)
    }

    private var homepage: String? { number % 3 == 0 ? nil : "https://home.test/\(number)?p=\(publications)" }
    private var repository: String { "https://git.test/\(number)/\(publications)" }

    /// As Clojure's `prn` writes it.
    var feedLine: String? {
        if case .dropped = form { return nil }
        let (group, artifact) = parts
        let scm =
            switch form {
            case .allLinks:
                "{:connection \"scm:git:https://c.test\", :developer-connection \"scm:git:d\", :url \"\(repository)\"}"
            case .connections:
                "{:developer-connection \"scm:git:d\", :connection \"scm:git:\(repository)\", :tag \"HEAD\"}"
            default: "{:tag \"HEAD\", :url \"\(repository)\"}"
            }
        let link = homepage.map { ":homepage \(printed($0)), :url \(printed($0)), " } ?? ""
        return """
            {:description "[{; \\"\\n", \(link):scm \(scm), :group-id \(printed(group)), \
            :artifact-id \(printed(artifact)), :versions ["2" "1"], \
            :versions-meta [{:version "1", :release-date #inst "2022-03-21T10:28:24.523000000-00:00"}]}
            """
    }

    private func printed(_ text: String) -> String {
        var printed = text.replacing("\\", with: "\\\\")
        for (plain, letter) in ["\"": "\"", "\n": "n", "\t": "t", "\r": "r", "\u{0C}": "f", "\u{08}": "b"] {
            var scalars = String.UnicodeScalarView()
            for scalar in printed.unicodeScalars {
                if String(scalar) == plain {
                    scalars.append("\\")
                    scalars.append(contentsOf: letter.unicodeScalars)
                } else {
                    scalars.append(scalar)
                }
            }
            printed = String(scalars)
        }
        return "\"\(printed)\""
    }

    /// Names that are no symbols are in the feed alone.
    var releases: [String] {
        guard form != .unreadable, name.contains(/^[A-Za-z0-9.\/-]+$/) else { return [] }
        guard case .dropped(let version) = form else { return ["[\(name) \"1\"]", "[\(name) \"2\"]"] }
        return ["0.1", highest(version), "0.1-SNAPSHOT"].map { "[\(name) \"\($0)\"]" }
    }

    private func highest(_ first: String) -> String {
        publications == 1 ? first : "\(publications).\(first)"
    }

    /// What is asked for of a project that was dropped, by its path.
    var files: [String: String] {
        guard case .dropped(let first) = form else { return [:] }
        let version = highest(first)
        let (group, artifact) = parts
        let folder = "/\(group.replacing(".", with: "/"))/\(artifact)/\(version)"
        let link = homepage.map { "<url>\($0)</url>" } ?? ""
        let pom = "<project>\(link)<scm><url>\(repository)</url></scm></project>"
        guard version.hasSuffix("-SNAPSHOT") else { return ["\(folder)/\(artifact)-\(version).pom": pom] }
        let build = "20240102.030405-6"
        return [
            "\(folder)/\(artifact)-\(version.replacing("SNAPSHOT", with: build)).pom": pom,
            "\(folder)/maven-metadata.xml": """
            <metadata><versioning><snapshot><timestamp>20240102.030405</timestamp><buildNumber>6</buildNumber>\
            </snapshot></versioning></metadata>
            """,
        ]
    }

    var expected: ExpectedRow {
        ExpectedRow(name, homepage: homepage, repository: repository, outcome: isRemoved ? .withdrawn : nil)
    }
}
