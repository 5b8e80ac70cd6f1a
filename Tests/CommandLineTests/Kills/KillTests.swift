import AttackLog
import Foundation
import GoRegistryFixture
import MachineTools
import MinerTestKit
import Testing

/// How many kills each suite plays, and the seed of their moments. `make soak` asks for more.
enum Kills {
    static let wanted = number(ofEnvironment: "PKGMINE_KILLS", or: 48) / 2
    static let seed = UInt64(number(ofEnvironment: "PKGMINE_SEED", or: 20_260_131))

    static func random(_ name: String) -> SeededRandom {
        print("kills: \(name), \(wanted) of them, PKGMINE_SEED=\(seed)")
        return SeededRandom(seed: seed, text: name)
    }

    /// What lies in the output folder of a run that ended well, drafts of killed ones included.
    static func files(in folder: Scratch) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    }

    static let expectedFiles = [
        ".pkgmine", ".pkgmine/datapackage.lock", ".pkgmine/go.list.json", ".pkgmine/go.lock", ".pkgmine/go.sqlite",
        "Go.csv", "datapackage.json",
    ]

    static let expectedFilesWithOutcomes = (expectedFiles + ["Go.outcomes.csv"]).sorted()
}

/// With four requests at once, and none answered within 20 ms, what a kill can take is countable: the four in flight,
/// and what has arrived in the 20 ms within which it is stored, which is two for each of the four at most.
@Suite("Kill -9 at a request, or a moment behind it", .serialized)
struct KillTests {
    private static let atOnce = 4
    private static let mostTaken = 3 * atOnce
    /// Where the index is split depends on the second at which a run began.
    private static let mostOtherPages = 8

    @Test(
        "Kill -9 at a request, or a moment behind it, ends with the same bytes, and asks at most for what was in flight again"
    )
    func survivesKills() async throws {
        let registry = GoRegistry.synthetic(modules: 240, seed: 11, mix: .plain, pageSize: 40)
        registry.isAlive = true
        let wire = Tripwire()
        var plan = Misbehaviour.none
        plan.latency = .milliseconds(20)
        try await wire.serve(registry, misbehaving: plan) { service in
            let whole = try Scratch()
            try await mine(whole, service)
            let undisturbed = service.journal.counts
            var random = Kills.random("at requests")
            var kills = 0
            while kills < Kills.wanted {
                kills += try await round(service, wire, undisturbed: undisturbed, &random)
            }
        }
    }

    /// Mines into a new folder, killed again and again. Returns how often.
    private func round(
        _ service: GoService, _ wire: Tripwire, undisturbed: [String: Int], _ random: inout SeededRandom
    ) async throws -> Int {
        let folder = try Scratch()
        let list = service.registry.expectedList()
        service.journal.reset()
        var kills = 0
        while true {
            let bomb = Trigger(
                SIGKILL, at: .random(in: 1...60, using: &random),
                delay: Bool.random(using: &random) ? .microseconds(.random(in: 0...30_000, using: &random)) : nil)
            wire.set(bomb)
            let outcome = try await mine(folder, service) { bomb.started($0) }
            bomb.disarm()
            if outcome.status == 0 { break }
            try #require(outcome.status == 1_000 + SIGKILL, "\(outcome.errors)")
            kills += 1
            let found = folder.exists("Go.csv") ? try folder.text("Go.csv") : list
            try #require(found == list)
        }
        let isSame = try folder.text("Go.csv") == list && Kills.files(in: folder) == Kills.expectedFiles
        #expect(isSame)
        let repeated = service.journal.requests - undisturbed.values.reduce(0, +)
        #expect(repeated <= kills * Self.mostTaken + Self.mostOtherPages, "\(repeated) again after \(kills) kills")
        let strangers = Set(service.journal.counts.keys.filter { $0.hasPrefix("/proxy/") }).subtracting(
            undisturbed.keys)
        #expect(strangers == [])
        AttackLog.note("4", "kill -9 at a random request or behind it", cases: kills, survived: isSame ? kills : 0)
        return kills
    }

    @discardableResult
    private func mine(
        _ folder: Scratch, _ service: GoService, started: (@Sendable (Int32) -> Void)? = nil
    ) async throws -> Tool.Outcome {
        try await service.mine(folder, ["--concurrency", "\(Self.atOnce)"], started: started)
    }
}
