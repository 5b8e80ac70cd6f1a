import Foundation
import GoRegistryFixture
import MachineTools
import MinerTestKit
import Synchronization
import Testing

@Suite("The command line")
struct ConsoleTests {
    @Test(
        "wrong usage exits with 64 and says what is right",
        arguments: [
            (["go", "--limit", "0"], "--limit takes a number from 1 on, not 0"),
            (["go", "--proxy-url", "off"], "no proxy may be asked"),
            (["go", "--record", "a", "--replay", "b"], "exclude each other"),
            (["go", "--output-file", "a/b"], "its folder is given with --output-dir"),
            (["go", "--progress", "loud"], "'loud'"),
            (["go", "--index-url", "foo"], "foo cannot be the module index"),
            (["go", "--ca-file", "nowhere"], "--ca-file takes a file that can be read"),
            (["go", "--replay", "nowhere"], "has no recording.json"),
            (["go", "-f", "a\tb"], "--output-file takes a file name without control characters"),
            (["go", "-f", "a\nb.csv"], "--output-file takes a file name without control characters"),
            (["went"], "there is no command or ecosystem `went`"),
        ])
    func refusesWrongUsage(arguments: [String], message: String) async throws {
        let folder = try Scratch()
        let outcome = try await Tool.pkgmine.run(arguments, in: folder.url)
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains(message), "\(outcome.errors)")
        #expect(outcome.output == "")
    }

    @Test("wrong usage of an ecosystem's own options shows that command's usage")
    func showsItsUsage() async throws {
        for option in ["--proxy-url", "--index-url"] {
            let outcome = try await Tool.pkgmine.run(["go", option, "nowhere"])
            #expect(outcome.errors.contains("Usage: pkgmine go "), "\(outcome.errors)")
        }
    }

    @Test("ecosystems, version, help and completions")
    func tells() async throws {
        let ecosystems = try await Tool.pkgmine.run(["ecosystems"])
        #expect(ecosystems.output.contains(/(?m)^go +Go, into Go.csv/))
        #expect(ecosystems.output.contains("module index: https://index.golang.org/index"))
        #expect(try await Tool.pkgmine.run(["--version"]).output == "0.1.0\n")
        #expect(try await Tool.pkgmine.run(["help", "go"]).output.contains("pkgmine go --limit 1000 -o try"))
        for shell in ["bash", "zsh", "fish"] {
            #expect(try await Tool.pkgmine.run(["--generate-completion-script", shell]).output.contains("ecosystems"))
        }
    }

    @Test("a second run on the same folder is told which process holds it, and changes nothing")
    func tellsHolder() async throws {
        let registry = try GoRegistry.small()
        try await registry.serve(misbehaving: .always(.silence)) { service in
            let folder = try Scratch()
            let first = Task { try await service.mine(folder) { process in holder.withLock { $0 = process } } }
            while service.journal.requests == 0 { await Task.yield() }
            let second = try await service.mine(folder)
            #expect(second.status == 1)
            let process = holder.withLock { $0 }
            #expect(second.errors.contains("because: it is held by process \(process) on "), "\(second.errors)")
            kill(process, SIGTERM)
            #expect(try await first.value.status == 143)
        }
    }

    @Test("status says what a list holds, what failed, and how far an unfinished run is")
    func tellsStatus() async throws {
        try await GoRegistry.small().serve { service in
            let folder = try Scratch()
            let nothing = try await Tool.pkgmine.run(["status", "-o", folder.path])
            #expect(nothing.output.hasPrefix("no list in "))
            try await service.mine(folder)
            let finished = try await Tool.pkgmine.run(["status", "go", "-o", folder.path])
            #expect(finished.output.contains("Go: 154 packages with a Package ID\n"))
            #expect(finished.output.contains("1 forbidden"))
            #expect(finished.output.contains("  to look up  1\n"))
            #expect(finished.output.contains("  forbidden   github.com/kr/pretty: the registry refuses to answer\n"))
            try FileManager.default.removeItem(at: folder.url.appending(path: "Go.csv"))
            let changed = try await Tool.pkgmine.run(["status", "-o", folder.path])
            #expect(
                changed.output.contains("  `pkgmine go -o \(folder.path)` writes anew: Go.csv is gone\n"),
                "\(changed.output)")
        }
    }

    @Test("progress as JSON is an object a line on stderr")
    func tellsProgressAsJSON() async throws {
        try await GoRegistry.small().serve { service in
            var arguments = service.arguments(try Scratch())
            arguments[arguments.count - 1] = "json"
            let outcome = try await Tool.pkgmine.run(arguments)
            let objects = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("{") }
            let last = try #require(objects.last)
            let fields = try #require(
                try JSONSerialization.jsonObject(with: Data(last.utf8)) as? [String: Any])
            #expect(fields["step"] as? String == "done")
            #expect(fields["lookedUp"] as? Int == 154)
        }
    }

    @Test("options of output: the file's name, the older header, the first packages, names only")
    func writesAsAsked() async throws {
        let registry = try GoRegistry.small()
        try await registry.serve { service in
            let folder = try Scratch()
            let outcome = try await service.mine(
                folder, ["-f", "modules", "--csv-header", "legacy", "--limit", "10", "--no-resolve"])
            #expect(outcome.status == 0)
            let expected = registry.expected().prefix(10).enumerated()
                .map { "\($0.offset + 1),Go,\($0.element.path),nan,nan\n" }
            #expect(
                try folder.text("modules.csv")
                    == "ID,Platform,Name,Homepage URL,Repository URL\n" + expected.joined())
        }
    }

    @Test("an output folder that cannot be made is an error that says so")
    func refusesFolder() async throws {
        let folder = try Scratch()
        try Data().write(to: folder.url.appending(path: "file"))
        let outcome = try await Tool.pkgmine.run(["go", "-o", folder.path + "/file/list"])
        #expect(outcome.status == 1)
        #expect(
            outcome.errors == """
                error: the output folder cannot be made
                  at: \(folder.path)/file/list
                  because: Not a directory
                  saved: nothing; no run has begun

                hint: choose another folder with --output-dir, or make room or give write permission there

                """)
    }

    @Test("a state of another registry, of a newer format, or damaged is left as it is")
    func keepsForeignStates() async throws {
        try await GoRegistry.small().serve { service in
            let folder = try Scratch()
            try await service.mine(folder)
            let list = try folder.text("Go.csv")
            let other = try await service.mine(folder, ["--include-unavailable"])
            #expect(other.status == 1)
            #expect(other.errors.contains("this folder holds another list"))

            let state = folder.url.appending(path: ".pkgmine/go.sqlite")
            if let sqlite = Tool.machine("sqlite3") {
                try await sqlite.run([state.path, "PRAGMA user_version = 99"])
                let newer = try await service.mine(folder)
                #expect(newer.errors.contains("its format is 99, and this pkgmine reads up to 6"))
            }
            try Data("no database, but long enough to be taken for one at first sight".utf8).write(to: state)
            let damaged = try await service.mine(folder)
            #expect(damaged.status == 1)
            #expect(damaged.errors.contains("error: the state cannot be read"), "\(damaged.errors)")
            #expect(try folder.text("Go.csv") == list)
            #expect(try await service.mine(folder, ["--fresh"]).status == 75)
            #expect(try folder.text("Go.csv") == list)
        }
    }
}

private let holder = Mutex<Int32>(0)
