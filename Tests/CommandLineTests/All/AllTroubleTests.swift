import AttackLog
import Foundation
import MachineTools
import MinerTestKit
import Synchronization
import Testing

@Suite("pkgmine all, in trouble")
struct AllTroubleTests {
    /// Registries whose answers a test spoils and mends.
    private final class Spoilt: Sendable {
        private let state = Mutex<[String: LoopbackAnswer]>([:])

        func spoil(_ id: String, _ answer: LoopbackAnswer?) { state.withLock { $0[id] = answer } }

        func answer(_ id: String) -> LoopbackAnswer? { state.withLock { $0[id] } }
    }

    @Test("a registry that refuses and one that is malformed stop no other, and are gone on with when they are mended")
    func oneStopsNoOther() async throws {
        let spoilt = Spoilt()
        try await Family.serve(answering: { id, _ in spoilt.answer(id) }) { family in
            let expected = try Family.expected(Family.quick)
            spoilt.spoil("crates", LoopbackAnswer(200, body: Array("no archive".utf8)))
            spoilt.spoil("maven", .text(403, "not you"))
            let folder = try Scratch()
            let run = try await family.mineAll(Family.quick, into: folder)
            #expect(run.status == 1)
            let others = expected.filter { !["Crates.csv", "Maven.csv"].contains($0.key) }
            #expect(try Family.lists(in: folder) == others)
            #expect(run.output == others.keys.sorted().map { "\(folder.path)/\($0)\n" }.joined())
            for id in ["crates", "maven"] {
                let error = "\(id):\nerror: the registry's list could not be read\n  at: "
                #expect(run.errors.contains(error), "\(run.errors)")
                #expect(run.errors.contains(try Regex("(?m)^\(id) +never finished  +0  +0  +0  ")), "\(run.errors)")
            }
            #expect(run.errors.contains(/`pkgmine crates --output-dir=\S+ --dump-url=http:\S+`/), "\(run.errors)")
            #expect(run.errors.hasSuffix("` again to go on with all\n"), "\(run.errors)")

            spoilt.spoil("crates", nil)
            spoilt.spoil("maven", nil)
            let mended = try await family.mineAll(Family.quick, into: folder)
            #expect(mended.status == 0, "\(mended.errors)")
            let isSame = try Family.lists(in: folder) == expected
            #expect(isSame)
            AttackLog.note("2", "one registry of seven refuses, another is malformed", survived: isSame ? 1 : 0)
        }
    }

    @Test("a package that is refused makes the exit code 75; with a registry that refuses all it is 1")
    func worstExitCode() async throws {
        let spoilt = Spoilt()
        try await Family.serve(answering: { id, request in
            let isTern = id == "go" && request.path.hasPrefix("/proxy/") && request.path.contains("tern")
            return isTern ? .text(403, "not you") : spoilt.answer(id)
        }) { family in
            let folder = try Scratch()
            let run = try await family.mineAll(["crates", "go"], into: folder)
            #expect(run.status == 75, "\(run.errors)")
            let next = "  `pkgmine go -o \(folder.path)` asks for 1 package once more\n"
            #expect(run.errors.contains(next), "\(run.errors)")
            #expect(run.errors.hasSuffix("` again to ask for what is not settled once more\n"))
            #expect(run.output == "\(folder.path)/Crates.csv\n\(folder.path)/Go.csv\n")
            spoilt.spoil("crates", .text(403, "not you"))
            let both = try await family.mineAll(["crates", "go"], into: folder)
            #expect(both.status == 1)
            #expect(both.output == "\(folder.path)/Go.csv\n")
        }
    }

    @Test("a registry that is down is waited for while the others end; Ctrl-C keeps all, and it is gone on with later")
    func waitsForOne() async throws {
        try await Family.serve { family in
            let expected = try Family.expected(Family.quick)
            let down = try #require(family.servers["npm"])
            down.goDown()
            let folder = try Scratch()
            let process = Mutex<Int32>(0)
            async let stopped = family.mineAll(Family.quick, into: folder) { process.set($0) }
            let others = expected.filter { $0.key != "NPM.csv" }
            let left = Family.quick.filter { $0 != "npm" }.map { ".pkgmine/\($0).list.json" }
            while !left.allSatisfy({ folder.exists($0) }) { await Task.yield() }
            let meanwhile = try await Tool.pkgmine.run(["status", "-o", folder.path]).output
            #expect(meanwhile.contains(#/(?m)^npm +running /#), "\(meanwhile)")
            #expect(meanwhile.contains("  npm: process \(process.value) on "), "\(meanwhile)")
            kill(process.value, SIGINT)
            let run = try await stopped
            #expect(run.status == 130, "\(run.errors)")
            #expect(run.errors.contains("stopped: all that had arrived is stored\n"))
            #expect(run.errors.contains(#/(?m)^npm +never finished /#), "\(run.errors)")
            #expect(try Family.lists(in: folder) == others)
            try down.comeBack()
            #expect(try await family.mineAll(Family.quick, into: folder).status == 0)
            #expect(try Family.lists(in: folder) == expected)
        }
    }

    @Test("a list that another process works on is told, and the others are made")
    func leavesLockedAlone() async throws {
        let isSilent = Mutex(true)
        try await Family.serve(answering: { id, _ in
            id == "go" && isSilent.value ? LoopbackAnswer(200, delivery: .silence) : nil
        }) { family in
            let folder = try Scratch()
            let process = Mutex<Int32>(0)
            let words = ["go", "-o", folder.path, "--progress", "none"]
            let options = family.options(of: "go").flatMap { ["--\($0.name)", $0.value] }
            async let first = Tool.pkgmine.run(words + options) { process.set($0) }
            while family.requests == 0 { await Task.yield() }
            let run = try await family.mineAll(["crates", "go"], into: folder)
            #expect(run.status == 1)
            #expect(run.errors.contains("go:\nerror: another run works on this folder\n"), "\(run.errors)")
            #expect(run.errors.contains(#/(?m)^go +running /#), "\(run.errors)")
            #expect(run.output == "\(folder.path)/Crates.csv\n")
            kill(process.value, SIGTERM)
            #expect(try await first.status == 143)
            isSilent.set(false)
            #expect(try await family.mineAll(["crates", "go"], into: folder).status == 0)
        }
    }

    @Test(
        "a disk that is full stops all, who say so; once there is room they go on to the same bytes",
        .enabled(if: PrivateMounts.canBeMade, "needs leave to mount a tmpfs"), arguments: [60, 200, 400])
    func goesOnWhenThereIsRoom(kibibytes: Int) async throws {
        try await Family.serve { family in
            let expected = try Family.expected(Family.quick)
            let script = """
                mount -t tmpfs -o size=\(kibibytes)k,mode=755 tmpfs "$FOLDER"
                mine
                mount -o remount,size=64m "$FOLDER"
                mine
                cp "$FOLDER"/*.csv "$KEEP"
                """
            let sandbox = try await PrivateMounts(["all"] + Family.quick + family.settings(of: Family.quick), script)
            let full = sandbox.runs[0]
            #expect(full.status == 1, "\(full.errors)")
            let reasons = [
                "because: database or disk is full\n", "because: No space left on device\n",
                "the disk is nearly full\n  at: \(sandbox.folder.path)/.pkgmine\n",
            ]
            #expect(reasons.contains { full.errors.contains($0) }, "\(full.errors)")
            #expect(sandbox.runs[1].status == 0, "\(sandbox.runs[1].errors)")
            let isSame = try Family.lists(in: sandbox.keep) == expected
            #expect(isSame)
            AttackLog.note("4", "a full disk under several runs", survived: isSame ? 1 : 0)
        }
    }
}

extension Mutex<Int32> {
    fileprivate var value: Int32 { withLock { $0 } }
    fileprivate func set(_ value: Int32) { withLock { $0 = value } }
}

extension Mutex<Bool> {
    fileprivate var value: Bool { withLock { $0 } }
    fileprivate func set(_ value: Bool) { withLock { $0 = value } }
}
