import AttackLog
import Foundation
import MachineTools
import MinerTestKit
import Testing

@Suite("pkgmine all, stopped", .serialized)
struct AllStopTests {
    /// As shares of the requests of a whole run.
    private static func moments(_ count: Int, _ random: inout SeededRandom) -> [Double] {
        (0..<count).map { _ in .random(in: 0..<0.9, using: &random) }
    }

    @Test(
        "pkgmine all, stopped by Ctrl-C or SIGTERM at a request, keeps all, says how to go on, and does",
        arguments: [SIGINT, SIGTERM])
    func stopsInOrder(signal: Int32) async throws {
        var random = Kills.random("pkgmine all, signal \(signal)")
        try await stop(by: signal, at: Self.moments(5, &random)) { outcome in
            #expect(outcome.status == 128 + signal, "\(outcome.errors)")
            let table = "stopped: all that had arrived is stored\n\necosystem  "
            #expect(outcome.errors.contains(table), "\(outcome.errors)")
            #expect(outcome.errors.hasSuffix("` again to go on with all\n"), "\(outcome.errors)")
        }
    }

    @Test("pkgmine all, stopped by kill -9 at a request, goes on to the same bytes")
    func survivesKills() async throws {
        var random = Kills.random("pkgmine all")
        let moments = Self.moments(max(5, Kills.wanted / 4), &random)
        let survived = try await stop(by: SIGKILL, at: moments) {
            #expect($0.status == 1_000 + SIGKILL, "\($0.errors)")
        }
        AttackLog.note("4", "kill -9 of several runs", cases: moments.count, survived: survived)
    }

    /// Stops a run at each of these moments, as shares of a run's requests, then goes on with it.
    ///
    /// - Returns: after how many of them it came to the same bytes.
    @discardableResult private func stop(
        by signal: Int32, at moments: [Double], _ check: (Tool.Outcome) -> Void
    ) async throws -> Int {
        let wire = Tripwire()
        var survived = 0
        try await Family.serve(answering: { _, _ in
            wire.asked()
            return nil
        }) { family in
            let whole = try Scratch()
            let run = try await family.mineAll(Family.quick, into: whole)
            #expect(run.status == 0, "\(run.errors)")
            let (expected, requests) = (try Family.expected(Family.quick), family.requests)
            #expect(try Family.lists(in: whole) == expected)
            for moment in moments {
                let folder = try Scratch()
                let bomb = Trigger(signal, at: 1 + Int(moment * Double(requests)))
                wire.set(bomb)
                check(try await family.mineAll(Family.quick, into: folder) { bomb.started($0) })
                bomb.disarm()
                // What is known of npm, which takes days, is published wherever it stops in order.
                for (name, list) in try Family.lists(in: folder) where !(name == "NPM.csv" && signal != SIGKILL) {
                    #expect(list == expected[name], "\(name), at \(moment)")
                }
                let after = try await family.mineAll(Family.quick, into: folder)
                #expect(after.status == 0, "\(after.errors)")
                let isSame = try Family.lists(in: folder) == expected
                #expect(isSame, "at \(moment)")
                if isSame { survived += 1 }
            }
        }
        return survived
    }
}
