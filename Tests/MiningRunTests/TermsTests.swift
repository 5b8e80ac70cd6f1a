import Foundation
import MinerHarness
import MiningStore
import PackageMining
import Synchronization
import Testing

@Suite("A state and the run that goes on with it")
struct TermsTests {
    private let workshop: Workshop
    private let links = Resolution.links(homepage: nil, repository: "https://r.test")

    init() throws { workshop = try Workshop() }

    private func error(of body: () async throws -> Void) async -> String {
        do {
            try await body()
            return ""
        } catch { return "\(error)".replacing(workshop.folder.path, with: "") }
    }

    @Test("cursors of another format are refused with a word on what to do, and nothing is changed")
    func format() async throws {
        _ = try await workshop.run(CursorMiner<OldCursor>(), through: StubSession())
        let list = try workshop.text("Cursor.csv")
        let told = await error {
            _ = try await workshop.run(CursorMiner<NewCursor>(), through: StubSession())
        }
        #expect(
            told == """
                this pkgmine cannot go on where the state stands
                  at: /.pkgmine/cursor.sqlite
                  because: its cursors are of format 1, and this pkgmine reads format 2
                  saved: everything; nothing was changed

                hint: start over with --fresh, which keeps the old state aside until the new list is published; or go on
                with the pkgmine that wrote it
                """)
        #expect(try workshop.text("Cursor.csv") == list)
        _ = try await workshop.run(CursorMiner<OldCursor>(), through: StubSession())
    }

    @Test("a cursor that does not read back is told with what it lacks, and never with a hint to run again")
    func shape() async throws {
        _ = try await workshop.run(CursorMiner<OldCursor>(), through: StubSession())
        let told = await error {
            _ = try await workshop.run(CursorMiner<ForgottenCursor>(), through: StubSession())
        }
        #expect(
            told.contains(
                "because: the cursor {\"after\":1} is none of CursorMiner<ForgottenCursor>: it has no place\n"))
        #expect(!told.contains("again"))
    }

    @Test("a registry that has moved keeps its Package IDs, and the manifest says where it was")
    func moved() async throws {
        let miner = FickleMiner(["b", "a"])
        miner.answer(links)
        _ = try await workshop.run(miner, through: StubSession())
        let there = miner.moved(index: "https://mirror.test")
        there.tell("c", place: 3)
        let refused = await error { _ = try await workshop.run(there, through: StubSession()) }
        #expect(
            refused.contains(
                "because: it was made from https://list.test, and this run asks for https://mirror.test\n"))
        #expect(refused.contains("--moved-from"))
        let wrong = await error {
            _ = try await workshop.run(there, through: StubSession()) { $0.movedFrom = "https://elsewhere.test" }
        }
        #expect(wrong == refused)

        for _ in 1...2 {
            let report = try await workshop.run(there, through: StubSession()) { $0.movedFrom = "https://list.test" }
            #expect(report.exitCode == 0)
        }
        #expect(there.asked() == ["c"])
        #expect(
            try workshop.text("Fickle.csv").split(separator: "\n").dropFirst().map { $0.prefix(10) }
                == ["1,Fickle,a", "2,Fickle,b", "3,Fickle,c"])
        let manifest = try JSONSerialization.jsonObject(with: Data(workshop.text("datapackage.json").utf8))
        let resources = (manifest as? [String: Any])?["resources"] as? [[String: Any]]
        let mining = try #require(resources?.first?["pkgmine"] as? [String: Any])
        #expect(mining["movedFrom"] as? [String] == ["https://list.test"])
    }

    @Test(
        "a registry's former address is known with a slash at its end, with a password, and by the folder it lies in",
        arguments: [
            "https://r.test/old/list", "https://r.test/old/list/", "https://u:p@r.test/old/list", "https://r.test/old",
            "https://r.test/old/",
        ])
    func formerAddress(former: String) async throws {
        let miner = FickleMiner(["a"], service: "https://r.test/old", index: "https://r.test/old/list")
        miner.answer(links)
        _ = try await workshop.run(miner, through: StubSession())
        let there = miner.moved(service: "https://r.test/new", index: "https://r.test/new/list")
        _ = try await workshop.run(there, through: StubSession()) { $0.movedFrom = former }
        #expect(try workshop.text("datapackage.json").contains("https://r.test/old/list\""))
        #expect(try workshop.text("datapackage.json").contains("u:p") == false)
    }

    @Test("a folder without a list is told, so that no list begins in a mistyped one")
    func nothingMoved() async throws {
        let told = await error {
            _ = try await workshop.run(FickleMiner(["a"]), through: StubSession()) {
                $0.movedFrom = "https://user:secret@old.test"
            }
        }
        #expect(
            told == """
                this folder holds no list that could have moved
                  at: /.pkgmine/fickle.sqlite
                  because: nothing in it was made from https://old.test
                  saved: nothing was begun

                hint: see that --output-dir names the folder of the list, or leave --moved-from out to begin one
                """)
    }

    @Test("a run that was stopped goes on elsewhere, behind what was whole before")
    func movedInTheMiddle() async throws {
        let miner = FickleMiner(["a"])
        miner.answer(links)
        _ = try await workshop.run(miner, through: StubSession())
        miner.tell("b", place: 1)
        miner.answer("b", Resolution(.failed, because: "no answer"))
        let store = try MiningStore(StateFiles(outputFolder: workshop.folder, id: "fickle"))
        _ = try await store.openRun(
            RunFacts(began: Date(timeIntervalSince1970: 9)), of: miner.ecosystem, on: RunTerms())
        try await store.addSpans([Data("1".utf8)])
        try await store.close()
        let there = miner.moved(index: "https://mirror.test")
        there.answer("b", links)
        let report = try await workshop.run(there, through: StubSession()) { $0.movedFrom = "https://list.test" }
        #expect(report.tally.outcomes == [.resolved: 2])
        #expect(there.asked() == ["b"])
    }

    @Test("an outcome is stored a moment after it has arrived, whatever the next one waits for")
    func storesSoon() async throws {
        let store = try MiningStore(StateFiles(outputFolder: workshop.folder, id: "fickle"))
        let miner = WaitingMiner(store)
        let run = MiningRun(
            miner, through: StubSession(), into: store, options: MiningOptions(outputFolder: workshop.folder),
            clock: HastyClock())
        _ = try await run.run()
        #expect(miner.sawFirstOutcome.withLock { $0 })
        try await store.close()
    }
}

/// A clock to which every moment has come.
private struct HastyClock: Clock {
    let now = ContinuousClock.now
    let minimumResolution = Duration.zero
    func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
    }
}

/// Two packages; the second one is answered when the first one's outcome is stored.
private final class WaitingMiner: EcosystemMiner {
    let miner = FickleMiner(["a", "b"])
    let store: MiningStore
    let sawFirstOutcome = Mutex(false)

    init(_ store: MiningStore) { self.store = store }

    var ecosystem: Ecosystem { miner.ecosystem }
    func spans(of run: RunFacts, after walked: [Int]) -> [Int] { miner.spans(of: run, after: walked) }
    func list(from cursor: Int, through session: any RegistrySession, into sink: PageSink<Int>) async throws {
        try await miner.list(from: cursor, through: session, into: sink)
    }

    func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        guard package.name == "b" else { return Resolution(.noRepository) }
        for _ in 0..<100_000 {
            if try await store.tally().outcomes[.noRepository] == 1 {
                sawFirstOutcome.withLock { $0 = true }
                break
            }
            await Task.yield()
        }
        return Resolution(.noRepository)
    }
}

private protocol TestCursor: Codable, Sendable {
    static var format: Int { get }
    init()
}

private struct OldCursor: TestCursor {
    static let format = 1
    var after = 1
}

private struct NewCursor: TestCursor {
    static let format = 2
    var after = 1
}

/// The author gave its cursor another shape, and no other format.
private struct ForgottenCursor: TestCursor {
    static let format = 1
    var place = 1
}

private struct CursorMiner<Cursor: TestCursor>: EcosystemMiner {
    static var cursorFormat: Int { Cursor.format }

    let ecosystem = Ecosystem(
        id: "cursor", platform: "Cursor", fileName: "Cursor", purlType: "generic",
        registries: [Registry(name: "list", url: "https://list.test")])

    func spans(of run: RunFacts, after walked: [Cursor]) -> [Cursor] { walked.isEmpty ? [Cursor()] : walked }

    func list(from cursor: Cursor, through session: any RegistrySession, into sink: PageSink<Cursor>) async throws {
        var page = Page()
        page.append(name: "a")
        try await sink.push(page, next: cursor)
    }
}
