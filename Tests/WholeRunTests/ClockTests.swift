import AttackLog
import Foundation
import GoRegistryFixture
import MinerTestKit
import PackageMining
import Testing

@Suite("A clock that is wrong")
struct ClockTests {
    private static let day = 86_400.0

    private func serve(_ body: (GoService, Date) async throws -> Void) async throws {
        let registry = GoRegistry.synthetic(modules: 120, seed: 47, mix: .plain, pageSize: 20)
        let last = registry.entries.map(\.time.nanoseconds).max() ?? 0
        try await registry.serve { try await body($0, Date(timeIntervalSince1970: Double(last) / 1e9)) }
    }

    @Test(
        "A clock that is wrong and is set back between two runs takes nothing away, and nothing is missed once it is right",
        arguments: [60.0, 3_600, day, 30 * day, 20_000 * day])
    func isSetBack(seconds: Double) async throws {
        try await serve { service, last in
            var run = WholeRun()
            run.time = last.addingTimeInterval(3_600)
            try await run.mine(service)
            let first = try run.list()
            #expect(first == service.registry.expectedList())
            service.registry.growSynthetically(by: 20, seed: 48, mix: .healthy)
            run.time = max(Date(timeIntervalSince1970: 0), last.addingTimeInterval(-seconds))
            do {
                try await run.mine(service)
            } catch is WrongClock {
                // Told, where the registry's times show it.
            }
            #expect(try run.list() == first)
            run.time = last.addingTimeInterval(2 * Self.day)
            try await run.mine(service)
            let isSame = try run.list() == service.registry.expectedList()
            #expect(isSame)
            AttackLog.note("1", "a clock set back", survived: isSame ? 1 : 0)
        }
    }

    @Test(
        "A clock that is wrong and behind the registry from the first run on is told or waited out; the list is the same once it is right"
    )
    func isBehind() async throws {
        for seconds in [1.0, 100, 3_600, 2 * Self.day, 400 * Self.day] {
            try await serve { service, last in
                var run = WholeRun()
                run.time = last.addingTimeInterval(-seconds)
                do {
                    try await run.mine(service)
                    #expect(seconds <= Self.day)
                } catch let error as WrongClock {
                    #expect(seconds > Self.day)
                    #expect("\(error)".contains("has entries of 2019-"), "\(error)")
                }
                run.time = last.addingTimeInterval(60)
                try await run.mine(service)
                let isSame = try run.list() == service.registry.expectedList()
                #expect(isSame, "\(seconds) s behind")
                AttackLog.note("1", "a clock behind the registry", survived: isSame ? 1 : 0)
            }
        }
    }
}
