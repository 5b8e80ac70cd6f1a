import Foundation
import MachineTools
import Testing

/// `Sources/Recipes`: what is found there runs as it stands.
@Suite("The recipes")
struct RecipeTests {
    private static let analyze = Tool.machine("systemd-analyze")
    private static let flock = Tool.machine("flock")

    private let folder: Scratch
    private let programs: URL

    /// A `pkgmine` that notes its arguments, and then is the built one, which answers from a recording that is not there:
    /// it asks nobody, and says first what it does not understand.
    init() throws {
        folder = try Scratch()
        programs = folder.url.appending(path: "bin")
        try FileManager.default.createDirectory(at: programs, withIntermediateDirectories: true)
        try write(
            "pkgmine",
            """
            echo "$*" >>"\(folder.path)/said"
            exec "\(Tool.pkgmine.executable.path)" "$@" --replay "\(folder.path)"
            """)
    }

    private func write(_ program: String, _ script: String) throws {
        let file = programs.appending(path: program)
        try Data("#!/bin/bash\n\(script)\n".utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    }

    private func recipe(_ name: String) -> URL { packageFolder.appending(path: "Sources/Recipes/\(name)") }

    private func text(_ name: String) throws -> String { try String(contentsOf: recipe(name), encoding: .utf8) }

    /// Runs a script of a shell with the `pkgmine` from above.
    private func run(_ arguments: [String], _ environment: [String: String] = [:]) async throws -> Tool.Outcome {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return try await #require(Tool.machine("bash")).run(
            arguments, in: folder.url, environment: environment.merging(["PATH": "\(programs.path):\(path)"]) { $1 })
    }

    /// What the tool was told, a line each time; and that it has understood.
    private func said(_ outcome: Tool.Outcome) throws -> String {
        #expect(outcome.errors.contains("has no recording.json"), "\(outcome.errors)")
        return try folder.text("said")
    }

    @Test(
        "The recipes for systemd are accepted by it, and their command by the tool",
        .enabled(if: analyze != nil, "needs systemd-analyze"))
    func systemd() async throws {
        let unit = try text("pkgmine-nightly.service")
        let command = try #require(unit.firstMatch(of: /(?m)^ExecStart=(pkgmine .*)$/)?.output.1)
        let outcome = try await run(["-c", String(command)], ["CONTACT": "me@example.org"])
        #expect(try said(outcome) == "all --output-dir Package-List --contact me@example.org --progress none\n")

        let installed = unit.replacing("ExecStart=pkgmine", with: "ExecStart=\(programs.path)/pkgmine")
        try Data(installed.utf8).write(to: folder.url.appending(path: "pkgmine-nightly.service"))
        try Data(text("pkgmine-nightly.timer").utf8).write(to: folder.url.appending(path: "pkgmine-nightly.timer"))
        for scope in ["--user", "--system"] {
            let verdict = try await #require(Self.analyze).run(
                [scope, "verify", "--man=no", "./pkgmine-nightly.service", "./pkgmine-nightly.timer"], in: folder.url,
                environment: ["XDG_RUNTIME_DIR": folder.path])
            #expect(verdict.errors == "")
            #expect(verdict.status == 0)
        }
    }

    @Test(
        "The recipes for cron are a line and its settings; a night that finds a run under way leaves it alone",
        .enabled(if: flock != nil, "needs flock"))
    func cron() async throws {
        let lines = try text("crontab").split(separator: "\n").filter { !$0.hasPrefix("#") }
        let settings = lines.compactMap { $0.wholeMatch(of: /([A-Z]+)=([^$"']+)/)?.output }
        let entry = try #require(lines.last?.wholeMatch(of: /(?:[\d*\/,-]+ ){5}([^%]+)/)?.output.1)
        #expect(settings.count == lines.count - 1)
        let environment = Dictionary(uniqueKeysWithValues: settings.map { (String($0.1), String($0.2)) })
        let outcome = try await run(["-c", String(entry)], environment)
        #expect(try said(outcome) == "all --output-dir Package-List --contact you@example.org --progress none\n")

        let locked = try await run(["-c", "flock Package-List bash -c '\(entry)'"], environment)
        #expect(locked.status == 1)
        #expect(locked.output + locked.errors == "")
        #expect(try folder.text("said").split(separator: "\n").count == 1)
    }

    private func slurm(_ task: Int, _ ecosystems: String...) async throws -> Tool.Outcome {
        try await run(
            [recipe("ecosystems.sbatch").path] + ecosystems,
            ["SLURM_ARRAY_TASK_ID": "\(task)", "CONTACT": "me@example.org", "LISTS": "lists"])
    }

    @Test("The recipes for Slurm give each task an ecosystem, a folder of its own, and no task more")
    func slurmTasks() async throws {
        _ = try await slurm(9)
        #expect(
            try said(await slurm(1, "go", "npm")) == """
                all homebrew homebrew-cask --output-dir lists/homebrew --contact me@example.org --progress plain
                all npm --output-dir lists/npm --contact me@example.org --progress plain

                """)
        let script = try text("ecosystems.sbatch")
        let last = try #require(script.firstMatch(of: /#SBATCH --array=0-(\d+)/).flatMap { Int($0.output.1) })
        let beyond = try await slurm(last + 1)
        #expect(beyond.status == 64)
        #expect(beyond.errors.hasPrefix("error: there is no ecosystem for task \(last + 1): there are \(last + 1)\n"))
    }

    @Test("The recipes for Slurm and GitHub Actions name what needs no address, each once")
    func nameEcosystems() async throws {
        let told = try await Tool.pkgmine.run(["ecosystems"]).output
        let known = told.matches(of: /(?m)^(\S+) .*\n +(.*)$/).filter { !$0.output.2.contains("named by its options") }
        let list = try #require(text("ecosystems.sbatch").firstMatch(of: /(?s)\necosystems=\((.*?)\)/)?.output.1)
        let matrix = try #require(text("lists.yml").firstMatch(of: /ecosystem: \[(.*)\]/)?.output.1)
        for list in [list.replacing("\"", with: ""), matrix.replacing(",", with: "")] {
            let words = list.split { $0 == " " || $0 == "\n" }
            #expect(words.count > 5)
            #expect(Set(words).count == words.count)
            #expect(Set(words).isSubset(of: known.map(\.output.1)), "\(list)")
        }
    }

    @Test(
        "The recipes for Slurm pass on the signal that ends a task's time, and tell how the run ended",
        arguments: [0, 75, 143])
    func slurmSignal(status: Int) async throws {
        // Stops itself, as Slurm would, and ends only when that has come through.
        try write(
            "pkgmine",
            "trap 'exit \(status)' TERM; kill -TERM $PPID; for ((n = 0; n < 1000000; n++)); do :; done; exit 9")
        #expect(try await slurm(0).status == [75: 0][status] ?? Int32(status))
    }

    @Test(
        "The recipes for GitHub Actions take what is settled tomorrow for no failure, and nothing else",
        .enabled(if: pythonHas("yaml"), "needs the Python package yaml"))
    func actions() async throws {
        let reading = """
            import json, sys, yaml
            jobs = yaml.safe_load(open(sys.argv[1]))["jobs"].values()
            print(json.dumps([step["run"] for job in jobs for step in job["steps"] if "run" in step]))
            """
        let read = try await #require(python).run(["-c", reading, recipe("lists.yml").path])
        let scripts = try JSONDecoder().decode([String].self, from: Data(read.output.utf8))
        for script in scripts { #expect(try await run(["-n", "-c", script]).errors == "") }
        let nightly = try #require(scripts.first { $0.contains("pkgmine\" \"$ECOSYSTEM\"") })
        let environment = ["RUNNER_TEMP": folder.path, "ECOSYSTEM": "go", "CONTACT": "me@example.org"]
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path)/python", withDestinationPath: folder.path)
        for (status, verdict) in [(0, 0), (1, 1), (64, 64), (75, 0), (124, 0), (130, 130)] {
            try write("pkgmine", "exit \(status)")
            let outcome = try await run(["--noprofile", "--norc", "-eo", "pipefail", "-c", nightly], environment)
            #expect(outcome.status == verdict, "\(status)")
        }
    }
}
