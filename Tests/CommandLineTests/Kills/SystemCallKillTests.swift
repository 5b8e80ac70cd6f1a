import AttackLog
import Foundation
import GoRegistryFixture
import MachineTools
import MinerTestKit
import Testing

@Suite(
    "Kill -9 at what a run does to its files", .serialized,
    .enabled(if: SystemCall.canBeMet, "needs strace, and leave to trace"))
struct SystemCallKillTests {
    private enum Step: String, CaseIterable {
        case begin, list, number, resolve, publish, done
    }

    private static let registry = {
        let registry = GoRegistry.synthetic(modules: 300, seed: 13, mix: .plain, pageSize: 50)
        registry.isAlive = true
        return registry
    }()

    @Test("Kill -9 at what a run does to its files in every step ends with the same bytes")
    func survivesKills() async throws {
        var random = Kills.random("at system calls")
        var kills: [Step: Int] = [:]
        let wire = Tripwire()
        try await wire.serve(Self.registry) { service in
            let whole = try Scratch()
            try await service.mine(whole, ["--outcomes"])
            let outcomes = try untimed(outcomesOf: whole)
            let steps: [Step] = [.list, .number, .resolve, .publish]
            var rounds = 0
            while kills.values.reduce(0, +) < Kills.wanted || steps.contains(where: { kills[$0, default: 0] < 2 }) {
                rounds += 1
                try #require(rounds < 10 + Kills.wanted, "\(kills)")
                let killed = try await round(service, wire, outcomes, &random)
                for (step, count) in killed { kills[step, default: 0] += count }
            }
        }
        print("kills at system calls: \(kills.map { "\($0.value) in \($0.key.rawValue)" }.sorted())")
    }

    /// Mines into a new folder, killed in one step after another. Returns in which it was.
    private func round(
        _ service: GoService, _ wire: Tripwire, _ outcomes: [[Substring]], _ random: inout SeededRandom
    ) async throws -> [Step: Int] {
        let folder = try Scratch()
        let list = service.registry.expectedList()
        var kills: [Step: Int] = [:]
        let bomb = Trigger(SIGKILL, at: .random(in: 2...9, using: &random))
        wire.set(bomb)
        try #require(await service.mine(folder, ["--outcomes"]) { bomb.started($0) }.status == 1_000 + SIGKILL)
        kills[try await step(folder), default: 0] += 1
        bomb.disarm()
        let moments =
            [.numbering, .storing(&random), .storing(&random)]
            + SystemCall.publishing.shuffled(using: &random).prefix(3)
        for moment in moments {
            let arguments = service.arguments(folder, ["--outcomes", "--concurrency", "16"])
            let outcome = try await moment.kill(arguments, in: folder)
            if outcome.status == 0 { continue }
            try #require(outcome.status == 1_000 + SIGKILL, "\(moment): \(outcome.errors)")
            kills[try await step(folder), default: 0] += 1
            let found = folder.exists("Go.csv") ? try folder.text("Go.csv") : list
            try #require(found == list, "\(moment)")
            let told = folder.exists("Go.outcomes.csv") ? try untimed(outcomesOf: folder) : outcomes
            try #require(told == outcomes, "\(moment)")
        }
        #expect(try await service.mine(folder, ["--outcomes"]).status == 0)
        let isSame =
            try folder.text("Go.csv") == list && untimed(outcomesOf: folder) == outcomes
            && Kills.files(in: folder) == Kills.expectedFilesWithOutcomes
        #expect(isSame, "\(moments)")
        for (step, count) in kills {
            AttackLog.note("4", "kill -9 in step \(step.rawValue)", cases: count, survived: isSame ? count : 0)
        }
        return kills
    }

    /// The rows of the outcomes without their times, of which there is but one: all is of one run, however often that was
    /// killed.
    private func untimed(outcomesOf folder: Scratch) throws -> [[Substring]] {
        let rows = try folder.text("Go.outcomes.csv").split(separator: "\n").dropFirst()
            .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        #expect(Set(rows.map { $0[2] }).count == 1)
        return rows.map { [$0[0], $0[1], $0[3]] }
    }

    /// In which step the run was killed, as what it has stored tells: numbering, where nothing was looked up yet.
    private func step(_ folder: Scratch) async throws -> Step {
        let status = try await Tool.pkgmine.run(["status", "go", "-o", folder.path])
        #expect(status.errors == "")
        let text = status.output
        if text.hasPrefix("no list in ") { return .begin }
        if text.contains("in the middle of its listing") { return .list }
        guard text.contains("listed, to be looked up and published") else { return .done }
        if !text.contains("  looked up  ") { return .number }
        return text.contains("  to look up  ") ? .resolve : .publish
    }

    @Test("while a list is published anew leaves the old one or the new one", arguments: SystemCall.publishing)
    func keepsOldOrNew(moment: SystemCall) async throws {
        try await Self.registry.serve { service in
            let folder = try Scratch()
            try await service.mine(folder)
            let old = try folder.text("Go.csv")
            let new = old.replacing(
                "Package ID,Platform,Name,Homepage,Repository", with: "ID,Platform,Name,Homepage URL,Repository URL")
            let arguments = service.arguments(folder, ["--csv-header", "legacy", "--outcomes"])
            let killed = try await moment.kill(arguments, in: folder)
            let found = try folder.text("Go.csv")
            let isWhole = found == old || found == new
            #expect(isWhole)
            let told = folder.exists("Go.outcomes.csv") ? try folder.text("Go.outcomes.csv") : nil
            #expect(try await Tool.pkgmine.run(arguments).status == 0)
            #expect(try folder.text("Go.csv") == new)
            #expect(try told == nil || told == folder.text("Go.outcomes.csv"))
            #expect(try Kills.files(in: folder) == Kills.expectedFilesWithOutcomes)
            let cases = killed.status == 1_000 + SIGKILL ? 1 : 0
            AttackLog.note("4", "kill -9 in step publish", cases: cases, survived: isWhole ? cases : 0)
        }
    }

    @Test("what a list says of Package IDs is on the disk before the list is, and the list before its name is")
    func ordersWhatItSyncs() async throws {
        try await Self.registry.serve { service in
            let folder = try Scratch()
            let log = folder.url.appending(path: "calls")
            let strace = try #require(Tool.machine("strace"))
            let output = folder.url.appending(path: "out")
            let watched = try await strace.run(
                ["-f", "-qq", "-y", "-o", log.path, "-e", "trace=fsync,fdatasync,rename"]
                    + [Tool.pkgmine.executable.path, "go", "-o", output.path, "--index-url", service.indexURL]
                    + ["--proxy-url", service.cachedOnlyURL, "--progress", "none"])
            #expect(watched.status == 0, "\(watched.errors)")
            let calls = try folder.text("calls").split(separator: "\n").map {
                $0.drop { $0 != " " }.drop { $0 == " " }.replacing(output.path, with: "").replacing(/\d+</, with: "<")
            }
            let listing = try #require(calls.firstIndex { $0.hasPrefix("fsync(</.Go.csv.new>)") })
            #expect(calls[..<listing].last == "fdatasync(</.pkgmine/go.sqlite-wal>) = 0")
            #expect(
                Array(calls[listing...].prefix(3)) == [
                    "fsync(</.Go.csv.new>) = 0", "rename(\"/.Go.csv.new\", \"/Go.csv\") = 0", "fsync(<>) = 0",
                ])
        }
    }
}
