import AttackLog
import Foundation
import GoRegistryFixture
import MachineTools
import MinerTestKit
import Testing

@Suite("A stdout or stderr that cannot be written")
struct StreamTests {
    private static let registry = GoRegistry.synthetic(modules: 60, seed: 19, mix: .plain, pageSize: 50)

    private func error(_ reason: String, _ saved: String) -> String {
        """
        error: the result could not be written to stdout
          at: stdout
          because: \(reason)
          saved: everything\(saved)

        hint: give a stdout that can be written

        """
    }

    @Test(
        "A stdout or stderr that cannot be written is told, and the list is made all the same",
        arguments: [(">&-", "it is closed"), (">/dev/full", "No space left on device")])
    func tellsStdout(redirection: String, reason: String) async throws {
        try await Self.registry.serve { service in
            let script = """
                mine() { "$PKGMINE" $WORDS -o "$FOLDER" --progress none; }
                set +e
                mine \(redirection) 2>"$KEEP/errors"
                echo $? >"$KEEP/code"
                """
            let ran = try await PrivateMounts(service, isPlain: true, script)
            #expect(try ran.keep.text("code") == "1\n")
            let told = error(reason, "; the list is \(ran.folder.path)/Go.csv")
            let errors = try ran.keep.text("errors")
            #expect(errors.hasSuffix("\n" + told), "\(errors)")
            let isSame = try ran.folder.text("Go.csv") == Self.registry.expectedList()
            #expect(isSame)
            #expect(try Kills.files(in: ran.folder) == Kills.expectedFiles)
            AttackLog.note("4", "stdout closed or full", survived: isSame ? 1 : 0)
        }
    }

    @Test(
        "A stdout or stderr that cannot be written of other commands is an error too",
        arguments: [">&-", ">/dev/full"], ["status -o \"$FOLDER\"", "ecosystems"])
    func tellsOtherCommands(redirection: String, command: String) async throws {
        let folder = try Scratch()
        let reason = redirection == ">&-" ? "it is closed" : "No space left on device"
        let outcome = try await shell("\"$PKGMINE\" \(command) \(redirection)", folder)
        #expect(outcome.status == 1)
        #expect(outcome.errors == error(reason, ""))
    }

    @Test(
        "stderr changes neither the list nor the exit code",
        arguments: ["2>&-", "2>/dev/full", "2>&- <&-", "2>&- --progress json", "2>/dev/full --progress bar"])
    func livesWithoutStderr(redirection: String) async throws {
        try await Self.registry.serve { service in
            let folder = try Scratch()
            let arguments = service.arguments(folder).map { "'\($0)'" }.joined(separator: " ")
            let outcome = try await shell("\"$PKGMINE\" \(arguments) \(redirection)", folder)
            #expect(outcome.status == 0)
            #expect(outcome.output == folder.path + "/Go.csv\n")
            #expect(outcome.errors == "")
            let isSame = try folder.text("Go.csv") == Self.registry.expectedList()
            #expect(isSame)
            // Nothing that was meant for stderr has gone into a file that got its number.
            #expect(try folder.text(".pkgmine/go.lock") == "")
            #expect(try await Tool.pkgmine.run(["status", "-o", folder.path]).status == 0)
            AttackLog.note("4", "stderr closed or full", survived: isSame ? 1 : 0)
        }
    }

    private func shell(_ command: String, _ folder: Scratch) async throws -> Tool.Outcome {
        let shell = try #require(Tool.machine("sh"))
        let environment = ["PKGMINE": Tool.pkgmine.executable.path, "FOLDER": folder.path]
        return try await shell.run(["-c", command], environment: environment)
    }
}
