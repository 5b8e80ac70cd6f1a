import AttackLog
import Foundation
import GoRegistryFixture
import MachineTools
import MinerTestKit
import Testing

/// What others do to the output folder while a run works in it.
@Suite("An output folder")
struct FolderTests {
    private static let registry = GoRegistry.synthetic(modules: 300, seed: 23, mix: .plain, pageSize: 50)

    private func gone(_ folder: String) -> String {
        """
        error: the state is gone
          at: \(folder)/.pkgmine/go.sqlite
          because: the file or its folder was removed, renamed or replaced during the run
          saved: what the folder held, if it is still somewhere

        hint: put the folder back, then run the same command again

        """
    }

    @Test(
        "An output folder that is removed under a run ends the run at once, and the next one makes it anew",
        arguments: [3, 150])
    func tellsRemoval(request: Int) async throws {
        let wire = Tripwire()
        try await wire.serve(Self.registry) { service in
            let folder = try Scratch()
            let output = folder.url.appending(path: "list")
            wire.at(request: request) { try FileManager.default.removeItem(at: output) }
            let arguments = ["-o", output.path, "--concurrency", "4"]
            let outcome = try await service.mine(folder, arguments)
            #expect(outcome.status == 1)
            #expect(outcome.errors == gone(output.path))
            #expect(service.journal.requests < 250, "the run went on into nothing")
            #expect(!folder.exists("list"))
            #expect(try await service.mine(folder, arguments).status == 0)
            let isSame = try folder.text("list/Go.csv") == Self.registry.expectedList()
            #expect(isSame)
            AttackLog.note("4", "the output folder removed or moved", survived: isSame ? 1 : 0)
        }
    }

    @Test("An output folder that is moved away and put back loses nothing")
    func goesOnWhenPutBack() async throws {
        // None is answered within 20 ms, the time in which what has arrived is stored, so that what is lost is countable.
        var plan = Misbehaviour.none
        plan.latency = .milliseconds(20)
        let wire = Tripwire()
        try await wire.serve(Self.registry, misbehaving: plan) { service in
            let folder = try Scratch()
            let output = folder.url.appending(path: "list")
            let elsewhere = folder.url.appending(path: "elsewhere")
            wire.at(request: 200) { try FileManager.default.moveItem(at: output, to: elsewhere) }
            let arguments = ["-o", output.path, "--concurrency", "4"]
            let outcome = try await service.mine(folder, arguments)
            #expect(outcome.errors == gone(output.path))
            try FileManager.default.moveItem(at: elsewhere, to: output)
            #expect(try await service.mine(folder, arguments).status == 0)
            let isSame = try folder.text("list/Go.csv") == Self.registry.expectedList()
            #expect(isSame)
            let packages = service.journal.counts.keys.count { $0.hasPrefix("/proxy/") }
            #expect(service.proxyRequests <= packages + 16)
            AttackLog.note("4", "the output folder removed or moved", survived: isSame ? 1 : 0)
        }
    }

    @Test("An output folder that six runs begin to work on at once is one's; the others are told and change nothing")
    func letsOneIn() async throws {
        let wire = Tripwire()
        var plan = Misbehaviour.none
        plan.latency = .milliseconds(20)
        try await wire.serve(Self.registry, misbehaving: plan) { service in
            let folder = try Scratch()
            let outcomes = try await withThrowingTaskGroup(of: Tool.Outcome.self) { group in
                for _ in 0..<6 { group.addTask { try await service.mine(folder, ["--concurrency", "8"]) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count { $0.status == 0 } == 1)
            let told = """
                error: another run works on this folder
                  at: \(folder.path)/.pkgmine/go.lock
                  because: it is held by HOLDER
                  saved: everything; nothing was changed

                hint: wait until that run has ended, or choose another folder with --output-dir

                """
            for outcome in outcomes where outcome.status != 0 {
                #expect(outcome.status == 1)
                let holder = /process \d+ on .+, since [0-9TZ:-]+|another process/
                #expect(outcome.errors.replacing(holder, with: "HOLDER") == told)
            }
            let isSame = try folder.text("Go.csv") == Self.registry.expectedList()
            #expect(isSame)
            AttackLog.note(
                "4", "runs at once in one folder", cases: outcomes.count,
                survived: isSame ? outcomes.count { $0.status == 0 || $0.status == 1 } : 0)
        }
    }

    @Test(
        "An output folder whose state is damaged is told; --fresh puts the damaged one aside until the new list is published"
    )
    func putsDamagedStateAside() async throws {
        let wire = Tripwire()
        try await wire.serve(Self.registry) { service in
            for damage in Damage.allCases {
                let folder = try Scratch()
                try await service.mine(folder)
                let list = try folder.text("Go.csv")
                let state = folder.url.appending(path: ".pkgmine/go.sqlite")
                let damaged = try damage.done(to: Data(contentsOf: state))
                try damaged.write(to: state)
                let refused = try await service.mine(folder)
                #expect(refused.status == 1, "\(damage)")
                #expect(refused.errors == told(state.path, damage.reason), "\(damage)")
                #expect(try Data(contentsOf: state) == damaged, "\(damage): it was changed")
                #expect(try folder.text("Go.csv") == list)
                let aside = folder.url.appending(path: ".pkgmine/go.previous.sqlite")
                let bomb = Trigger(SIGKILL, at: 100)
                wire.set(bomb)
                try await service.mine(folder, ["--fresh"]) { bomb.started($0) }
                bomb.disarm()
                #expect(try Data(contentsOf: aside) == damaged, "\(damage): it was not kept aside")
                #expect(try await service.mine(folder).status == 0)
                #expect(!folder.exists(".pkgmine/go.previous.sqlite"))
                let isSame = try folder.text("Go.csv") == list
                #expect(isSame)
                AttackLog.note("4", "a damaged state", survived: isSame ? 1 : 0)
            }
        }
    }

    private func told(_ file: String, _ reason: String) -> String {
        """
        error: the state cannot be read
          at: \(file)
          because: \(reason)
          saved: the published list is untouched, and so is the damaged file

        hint: put a copy of the state back in its place; or start over with --fresh, which keeps the damaged
        file aside as long as no new list is published

        """
    }

    private enum Damage: CaseIterable {
        case text, cut, overwritten, foreign

        func done(to state: Data) throws -> Data {
            switch self {
            case .text: Data("no database, but long enough to be taken for one at first sight".utf8)
            case .cut: state.prefix(state.count / 2)
            case .overwritten: state.prefix(100) + Data(repeating: 0xA5, count: state.count - 100)
            case .foreign: state.prefix(68) + Data([1, 2, 3, 4]) + state.dropFirst(72)
            }
        }

        var reason: String {
            switch self {
            case .text: "file is not a database"
            case .cut, .overwritten: "database disk image is malformed"
            case .foreign: "it is a database of another program"
            }
        }
    }

    @Test("An output folder whose state a newer pkgmine wrote is told, and nothing is changed")
    func tellsNewerFormat() async throws {
        try await Self.registry.serve { service in
            let folder = try Scratch()
            try await service.mine(folder)
            let state = folder.url.appending(path: ".pkgmine/go.sqlite")
            var newer = try Data(contentsOf: state)
            newer.replaceSubrange(60..<64, with: [0, 0, 0, 99])
            try newer.write(to: state)
            let refused = try await service.mine(folder)
            #expect(refused.status == 1)
            #expect(
                refused.errors == """
                    error: the state was written by a newer pkgmine
                      at: \(state.path)
                      because: its format is 99, and this pkgmine reads up to 6
                      saved: everything; nothing was changed

                    hint: update pkgmine, or choose another folder with --output-dir

                    """)
            let isKept = try Data(contentsOf: state) == newer
            #expect(isKept)
            AttackLog.note("4", "a state of a newer format", survived: isKept ? 1 : 0)
        }
    }

    @Test(
        "An output folder under another name of the list keeps the old list as it is, and the manifest tells of the new one alone"
    )
    func keepsListUnderOldName() async throws {
        try await Self.registry.serve { service in
            let folder = try Scratch()
            try await service.mine(folder)
            try await service.mine(folder, ["-f", "modules"])
            #expect(try folder.text("modules.csv") == folder.text("Go.csv"))
            let manifest = try folder.text("datapackage.json")
            #expect(manifest.contains("\"path\" : \"modules.csv\"") && !manifest.contains("\"path\" : \"Go.csv\""))
        }
    }

    @Test("An output folder of a trial that was killed goes on to the first packages, and then to the whole list")
    func resumesTrial() async throws {
        let wire = Tripwire()
        try await wire.serve(Self.registry) { service in
            let list = Self.registry.expectedList()
            let first = list.split(separator: "\n", omittingEmptySubsequences: false).prefix(41).joined(separator: "\n")
            for request in [1, 2, 4, 20] {
                let folder = try Scratch()
                let bomb = Trigger(SIGKILL, at: request)
                wire.set(bomb)
                #expect(try await service.mine(folder, ["--limit", "40"]) { bomb.started($0) }.status > 1_000)
                bomb.disarm()
                #expect(try await service.mine(folder, ["--limit", "40"]).status == 0)
                #expect(try folder.text("Go.csv") == first + "\n")
                #expect(try folder.text("datapackage.json").contains("\"isWhole\" : false"))
                #expect(try await service.mine(folder).status == 0)
                #expect(try folder.text("Go.csv") == list)
                // Of a whole list a trial takes nothing away.
                #expect(try await service.mine(folder, ["--limit", "40"]).status == 0)
                #expect(try folder.text("Go.csv") == list)
                #expect(try folder.text("datapackage.json").contains("\"isWhole\" : true"))
            }
        }
    }
}
