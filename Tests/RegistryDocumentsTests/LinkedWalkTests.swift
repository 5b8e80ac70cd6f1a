import MinerHarness
import PackageMining
import RegistryDocuments
import Synchronization
import Testing

@Suite("A list that is walked along its links")
struct LinkedWalkTests {
    private static let first = "http://list.test/pages?all"
    private let session = StubSession()

    /// A page of these names; `?` is one that cannot be read.
    private func set(_ url: String, _ names: String, of total: String = "", to next: String = "") {
        session.set(url, Array("\(names)\n\(total)\n\(next)".utf8))
    }

    private func names(_ miner: PaperMiner = PaperMiner(), in folder: MinedFolder? = nil) async throws -> [String] {
        try await (folder ?? MinedFolder()).run(miner, through: session).map { String($0.split(separator: " ")[1]) }
    }

    @Test("addresses are relative to where the page was found, and the end is a page that leads nowhere")
    func follows() async throws {
        set(Self.first, "", to: "second?page=2#top")
        set("http://list.test/second?page=2", "a b", to: "/third")
        set("http://list.test/third", "c", to: "https://LIST.test:443/a%20b")
        set("http://list.test/a%20b", "d")
        #expect(try await names() == ["a", "b", "c", "d"])
        let asked = session.requests.map { String($0.dropFirst("http://list.test".count)) }
        #expect(asked == ["/pages?all", "/second?page=2", "/third", "/a%20b"])
    }

    @Test("an end without entries is asked for again: a fault costs nothing that is known, and what stays is the end")
    func doubtsEmptyEnd() async throws {
        let (second, folder) = ("http://list.test/2", try MinedFolder())
        set(Self.first, "a", to: "2")
        set(second, "b", to: "3")
        set("http://list.test/3", "?")
        #expect(try await names(in: folder) == ["a", "b"])
        // What cannot be read is an entry.
        #expect(session.requests == [Self.first, second, "http://list.test/3"])

        let isFault = Atomic(true)
        let faulty = StubSession { [session] request in
            let isEmpty = request.url == second && isFault.exchange(false, ordering: .relaxed)
            return isEmpty
                ? Response(status: 200, url: second, body: Array("\n\n".utf8)) : try await session.answer(to: request)
        }
        let told = try await folder.run(PaperMiner(), through: faulty)
        #expect(told.count == 2 && faulty.requests.filter { $0 == second }.count == 2)

        set(second, "")
        #expect(try await names(in: folder) == ["a"])
        #expect(session.requests.suffix(3) == [Self.first, second, second])
    }

    @Test(
        "another host or another port is not asked",
        arguments: ["//other.test/", "//list.test:81/", "mailto:a@list.test"])
    func staysAtHome(link: String) async throws {
        set(Self.first, "a", to: link)
        let error = try await #require(throws: WireError.self) { _ = try await names() }
        #expect(error.category == .refused && error.isFinal && error.url == Self.first)
        #expect(session.requests == [Self.first])
    }

    @Test("links in a circle of any length end the walk with an error", arguments: 1...9)
    func circle(length: Int) async throws {
        let pages = [Self.first] + (2...12).map { "http://list.test/\($0)" }
        for (page, next) in zip(pages, pages.dropFirst() + [pages[12 - length]]) { set(page, "a", to: next) }
        let error = try await #require(throws: WireError.self) { _ = try await names() }
        #expect(error.category == .malformed && error.reason.hasPrefix("its link to the next page leads in a circle"))
    }

    @Test(
        "the number that a list tells is that of its names, with those that cannot be read, on every page",
        arguments: [
            ("2", "2", nil), ("02 ", "2", nil), ("3", "3", "it says that it has 3 packages, and 2 were met"),
            ("2", "3", "it says that it has 2 and then 3 packages, and 2 were met"),
            ("", "2", nil), ("", "", "it does not say how many packages it has, and 2 were met"),
        ])
    func total(first: String, second: String, contradiction: String?) async throws {
        set(Self.first, "a", of: first, to: "2")
        set("http://list.test/2", "a ?", of: second)
        let miner = PaperMiner(tellsTotal: true)
        let folder = try MinedFolder()
        // One of them has no name.
        let told = try await names(miner, in: folder)
        #expect(told == ["a"])
        let problems = try folder.problems(of: miner) ?? ""
        let said = problems.split(separator: "\n").filter { $0.hasPrefix("contradiction") }
        #expect(said.map(String.init) == contradiction.map { ["contradiction,\(Self.first),\"\($0)\""] } ?? [])
        #expect(problems.contains("unreadable,a name,it is none"))
        #expect(session.requests.count == (contradiction == nil || second.isEmpty ? 2 : 4))
    }
}

/// A list on paper: names, how many there are, and where the next page is, a line each.
private struct PaperMiner: EcosystemMiner {
    struct Cursor: Codable, Sendable { var place = LinkedCursor() }

    var tellsTotal = false

    var ecosystem: Ecosystem {
        Ecosystem(
            id: "paper", platform: "Paper", fileName: "Paper", purlType: "generic",
            registries: [Registry(name: "paper", url: "http://list.test")])
    }

    func spans(of run: RunFacts, after walked: [Cursor]) -> [Cursor] { [Cursor()] }

    func list(from cursor: Cursor, through session: any RegistrySession, into sink: PageSink<Cursor>) async throws {
        let walk = LinkedWalk(from: "http://list.test/pages?all", tellsTotal: tellsTotal) { response in
            let lines = String(decoding: try response.bodyOfSuccess(), as: UTF8.self).split(
                separator: "\n", omittingEmptySubsequences: false)
            var page = LinkedPage()
            for name in lines[0].split(separator: " ") {
                if name == "?" { page.page.note(Problem(.unreadable, at: "a name", "it is none")) }
                if name != "?" { page.page.append(name: String(name)) }
            }
            page.total = Int(lines[1].filter { $0 != " " })
            if !lines[2].isEmpty { page.leads(to: String(lines[2])) }
            return page
        }
        let last = try await walk.run(from: cursor.place, through: session, into: sink) { Cursor(place: $0) }
        try await sink.push(last.page, next: Cursor(place: last.place))
    }
}
