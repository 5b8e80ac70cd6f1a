import AttackLog
import Foundation
import GoRegistryFixture
import MinerTestKit
import PackageMining
import Synchronization
import Testing

@Suite("The end of the module index")
struct EndOfFeedTests {
    private static let registry = GoRegistry.synthetic(modules: 300, seed: 71, mix: .plain, pageSize: 100)

    @Test(
        "The end of the module index is asked for six times over seconds, once a run: an update that brings nothing makes seven requests"
    )
    func isAskedForSixTimes() async throws {
        try await Self.registry.serve { service in
            let run = WholeRun()
            try await run.mine(service)
            #expect(try run.list() == Self.registry.expectedList())
            let last = try #require(Self.registry.entries.last).time.text
            let counts = service.journal.counts
            #expect(counts["/index?since=\(last)&limit=2000"] == 6)
            // Wherever nothing is found before the feed's end, a window is not begun there.
            #expect(counts.filter { $0.key.hasSuffix("&limit=1") }.values.allSatisfy { $0 == 1 })

            service.journal.reset()
            let began = run.clock.now
            try await run.mine(service)
            #expect(service.journal.requests == 7)
            #expect(run.clock.now - began >= 2.5)
        }
    }

    @Test(
        "The end of the module index is not where an index shows nothing for two seconds, in a first run or an update",
        arguments: [1, 2, 4])
    func outlastsSilence(request: Int) async throws {
        let run = WholeRun()
        let clock = run.clock
        let state = Mutex((asked: 0, ends: Double.infinity))
        try await LoopbackServer.run(
            handler: { question in
                guard GoRequest.isIndex(question) else { return Self.registry.answer(to: question) }
                let isSilent = state.withLock { state in
                    state.asked += 1
                    if state.asked == request { state.ends = clock.now + 2 }
                    return state.asked >= request && clock.now < state.ends
                }
                return isSilent ? LoopbackAnswer(200) : Self.registry.answer(to: question)
            }) { server in
                let report = try await run.mine(GoService(registry: Self.registry, server: server))
                let isSame = try run.list() == Self.registry.expectedList()
                #expect(report.exitCode == 0 && isSame)
                AttackLog.note("2", "an index that shows nothing for two seconds", survived: isSame ? 1 : 0)
            }
    }
}
