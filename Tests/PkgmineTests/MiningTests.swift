import Foundation
import GoMiner
import GoRegistryFixture
import MinerTestKit
import PackageMining
import Pkgmine
import RegistryHTTP
import Synchronization
import Testing

@Suite("A program that mines", .timeLimit(.minutes(5)))
struct MiningTests {
    private static let registry = GoRegistry.synthetic(modules: 120, seed: 23, mix: .plain, pageSize: 50)

    @Test(
        "A program that mines makes the list that the command makes, and is named in the manifest and to the registry")
    func makesList() async throws {
        try await Self.registry.serve { service in
            let folder = try ScratchFolder()
            let report = try await mining(service, into: folder).run()
            #expect(try text(report.list) == Self.registry.expectedList())
            #expect(report.list.path == folder.url.path + "/Go.csv")
            #expect((report.tally.listed, report.newPackages, report.lookedUp) == (120, 120, 120))
            #expect(report.isSettled && report.isWhole)
            let manifest = try text(folder.url.appending(path: "datapackage.json"))
            #expect(manifest.contains("\"tool\" : \"trends 1.0 (pkgmine \(ThisPackage.version))\""), "\(manifest)")
            #expect(Set(service.journal.log.map { $0.header("user-agent") }) == ["trends/1.0 (you@example.org)"])
        }
    }

    @Test("A program that mines sees moments of its run, each further than the one before, and the end as the last")
    func seesMoments() async throws {
        try await Self.registry.serve { service in
            let seen = Mutex<[RunMoment]>([])
            _ = try await mining(service, into: try ScratchFolder()).run(every: .milliseconds(1)) { moments in
                for await moment in moments { seen.withLock { $0.append(moment) } }
            }
            let moments = seen.withLock { $0 }
            let counts = moments.map { $0.run.lookedUp }
            #expect(counts == counts.sorted())
            let last = try #require(moments.last)
            #expect(last.ecosystem == "go" && last.run.step == .done && last.run.lookedUp == 120)
            #expect(last.description.contains(" entries read, 120 looked up; "), "\(last)")
        }
    }

    @Test("that has seen enough is waited for by nobody: the run goes on to its end")
    func looksAway() async throws {
        try await Self.registry.serve { service in
            let report = try await mining(service, into: try ScratchFolder()).run(every: .milliseconds(1)) { moments in
                for await _ in moments { break }
            }
            #expect(report.lookedUp == 120)
        }
    }

    @Test("A program that mines stops in order when its task is cancelled, and the same call goes on from there")
    func isCancelled() async throws {
        let held = HeldRequest(at: 60)
        try await held.serve(Self.registry) { service in
            let folder = try ScratchFolder()
            let mining = try mining(service, into: folder)
            await withThrowingTaskGroup(of: RunReport.self) { group in
                group.addTask { try await mining.run() }
                await held.comes()
                group.cancelAll()
                await expectStop { _ = try await group.next() }
            }
            held.letGo()
            #expect(!FileManager.default.fileExists(atPath: folder.url.path + "/Go.csv"))
            let report = try await mining.run()
            #expect(try text(report.list) == Self.registry.expectedList())
            #expect(report.lookedUp < 120 && report.newPackages == 0, "\(report.lookedUp)")
        }
    }

    @Test(
        "A program that mines stops its run in order by what it throws while it watches, and the same call goes on from there"
    )
    func throwsWhileWatching() async throws {
        struct Enough: Error {}
        let held = HeldRequest(at: 60)
        try await held.serve(Self.registry) { service in
            let mining = try mining(service, into: try ScratchFolder())
            await #expect(throws: Enough.self) {
                try await mining.run { _ in
                    await held.comes()
                    throw Enough()
                }
            }
            held.letGo()
            let report = try await mining.run()
            #expect(report.lookedUp < 120 && report.tally.listed == 120)
        }
    }

    @Test("A program that mines may keep what it asks, and mine the same list of that alone")
    func replays() async throws {
        let (folder, again, kept) = (try ScratchFolder(), try ScratchFolder(), try ScratchFolder())
        let recorded = try await Self.registry.serve { service in
            var run = try mining(service, into: folder)
            let session = try RecordingSession(
                CurlSession(run.session), in: kept.url, tool: "trends 1.0", began: Date())
            run.options.began = session.began
            _ = try await run.run(through: session)
            return run
        }
        var replayed = recorded
        replayed.options.outputFolder = again.url
        let session = try ReplayingSession(kept.url)
        replayed.options.began = session.began
        let report = try await replayed.run(through: session)
        #expect(try text(report.list) == Self.registry.expectedList())
        #expect(session.began == recorded.options.began)
    }

    private func expectStop(_ body: () async throws -> Void) async {
        do {
            try await body()
            Issue.record("it was not stopped")
        } catch {
            #expect(error is CancellationError, "\(error)")
        }
    }
}
