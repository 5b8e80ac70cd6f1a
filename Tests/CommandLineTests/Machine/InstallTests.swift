import Foundation
import MachineTools
import Testing

/// `make install` and `make uninstall`, with the program that was built here.
@Suite("The installation")
struct InstallTests {
    private let program: Scratch

    /// A program that says what the built one says, which is large, and asks it once.
    init() throws {
        program = try Scratch()
        let script = """
            #!/bin/bash
            said='\(program.path)'/"$*"
            [ -e "$said" ] || '\(Tool.pkgmine.executable.path)' "$@" >"$said"
            cat "$said"

            """
        let file = program.url.appending(path: "pkgmine")
        try Data(script.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    }

    /// Below `own` of the folder, by default.
    private func install(_ scratch: Scratch, prefix: String = "/own") async throws -> Tool.Outcome {
        try await Tool.make("install-tool").run([prefix, scratch.path, program.path + "/pkgmine"])
    }

    private func files(_ folder: Scratch) -> [String] {
        let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return paths.filter { path in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(folder.path)/\(path)", isDirectory: &isFolder)
                && !isFolder.boolValue
        }.sorted()
    }

    @Test(
        "The installation has what a shell and man look for, for all to read; installed twice it is the same, and goes again"
    )
    func comesAndGoes() async throws {
        let scratch = try Scratch()
        let version = try await Tool.make("version").run([]).output.trimmingCharacters(in: .newlines)
        let installed = try await install(scratch)
        #expect(installed.errors == "")
        #expect(
            installed.output
                == "installed: \(scratch.path)/own/bin/pkgmine \(version), with manual pages and completions\n")
        let there = files(scratch)
        for file in [
            "bin/pkgmine", "share/man/man1/pkgmine.1", "share/man/man1/pkgmine-go.1", "share/doc/pkgmine/NOTICES",
            "share/bash-completion/completions/pkgmine", "share/zsh/site-functions/_pkgmine",
            "share/fish/vendor_completions.d/pkgmine.fish", "share/doc/pkgmine/recipes/ecosystems.sbatch",
        ] {
            #expect(there.contains("own/\(file)"), "\(file)")
            let path = "\(scratch.path)/own/\(file)"
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == (file == "bin/pkgmine" ? 0o755 : 0o644), "\(file)")
        }
        // What an earlier version had and this one has not.
        let noted = try scratch.text("own/share/pkgmine/installed")
        for (file, text) in [
            "man/man1/pkgmine-old.1": "", "pkgmine/installed": noted + "share/man/man1/pkgmine-old.1\n",
        ] {
            try Data(text.utf8).write(to: scratch.url.appending(path: "own/share/\(file)"))
        }
        try Data().write(to: scratch.url.appending(path: "own/share/doc/pkgmine/notes-of-mine"))
        #expect(try await install(scratch).status == 0)
        #expect(files(scratch) == (there + ["own/share/doc/pkgmine/notes-of-mine"]).sorted())

        let gone = try await Tool.make("uninstall-tool").run(["/own", scratch.path])
        #expect(gone.output == "uninstalled: \(there.count - 1) files below \(scratch.path)/own\n")
        #expect(files(scratch) == ["own/share/doc/pkgmine/notes-of-mine"])
    }

    @Test("The installation says what is wrong before it builds, and so does taking away what is not there")
    func saysWhatIsWrong() async throws {
        let scratch = try Scratch()
        let relative = try await install(scratch, prefix: "own")
        #expect(relative.status == 64)
        #expect(relative.errors == "error: PREFIX=own is not a whole path, as /usr/local is\n")
        try Data().write(to: scratch.url.appending(path: "file"))
        let file = try await install(scratch, prefix: "/file/own")
        #expect(file.status == 1)
        #expect(
            file.errors == """
                error: \(scratch.path)/file may not be written to
                hint: make install PREFIX="$HOME/.local", or, for all users: sudo env "PATH=$PATH" make install

                """)
        let nothing = try await Tool.make("uninstall-tool").run(["/own", scratch.path])
        #expect(nothing.status == 1)
        #expect(
            nothing.errors == """
                error: nothing was installed below \(scratch.path)/own: there is no \(scratch.path)/own/share/pkgmine/installed
                hint: give the PREFIX and DESTDIR of `make install`

                """)
        #expect(files(scratch) == ["file"])
    }
}
