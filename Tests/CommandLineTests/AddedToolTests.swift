import Foundation
import MachineTools
import Testing

/// `PkgmineTool.main(adding:name:version:)`, in a tool of another author.
@Suite("A tool with ecosystems of its own")
struct AddedToolTests {
    private func crumbs(
        _ arguments: [String], adding added: String = "crumb=Crumb", name: String = "crumbs"
    ) async throws -> Tool.Outcome {
        try await Tool.added.run(arguments, environment: ["ADDED": added, "NAME": name])
    }

    @Test("A tool with ecosystems of its own goes by its own name and version in help, hints and the manifest")
    func goesByItsName() async throws {
        #expect(try await crumbs(["--version"]).output == "7.1\n")
        let help = try await crumbs(["help"]).output
        #expect(help.contains("USAGE: crumbs <subcommand>"), "\(help)")
        #expect(help.contains("\n  crumbs go --limit 1000        try it on the first 1,000\n"), "\(help)")
        #expect(!help.contains("pkgmine"), "\(help)")
        let own = try await crumbs(["help", "crumb"]).output
        #expect(own.contains("\n  crumbs crumb -o lists  into lists/Crumb.csv\n"), "\(own)")
        #expect(!own.contains("pkgmine"), "\(own)")
        let unknown = try await crumbs(["crum"])
        #expect(
            unknown.errors == """
                error: there is no command or ecosystem `crum`; the nearest is `crumb`

                hint: `crumbs ecosystems` says what can be mined, `crumbs help` what else there is

                """)
        let folder = try Scratch()
        let mined = try await crumbs(["crumb", "-o", folder.path, "--limit", "2", "--progress", "none"])
        #expect(mined.status == 0, "\(mined.errors)")
        #expect(try folder.text("datapackage.json").contains("\"tool\" : \"crumbs 7.1 (pkgmine 0.1.0)\""))
        let status = try await crumbs(["status", "-o", try Scratch().path]).output
        #expect(
            status.hasSuffix("no list in \(folder.path) yet; `crumbs go` makes one\n") || status.contains("`crumbs go`")
        )
    }

    @Test(
        "A tool with ecosystems of its own does not run, and says why, with an ecosystem that would take a command, a file or a folder of others",
        arguments: [
            ("go=Gopher", #"there is a command or ecosystem "go" already"#),
            ("status=Status", #"there is a command or ecosystem "status" already"#),
            ("crumb=Crumb,crumb=Crust", #"there is a command or ecosystem "crumb" already"#),
            ("crumb=Crumb,crust=cRUMB", #"cRUMB.csv would be a file of "crumb" and of "crust""#),
            ("crumb=RPM.problems", #"RPM.problems.csv would be a file of "rpm" and of "crumb""#),
            (
                "crumb=../Odd",
                #""../Odd", the file name of "crumb", is none: it takes a name without folder and ending"#
            ),
            ("crumb=", #""", the file name of "crumb", is none: it takes a name without folder and ending"#),
            (
                "../crumb=Crumb",
                #""../crumb" is no id of an ecosystem: it takes a-z, 0-9 and -, begins with a letter, and ends in no "#
                    + "-problems and no -outcomes"
            ),
        ])
    func refuses(added: String, reason: String) async throws {
        let folder = try Scratch()
        let outcome = try await Tool.added.run(
            ["crumb", "-o", folder.path + "/lists"], environment: ["ADDED": added])
        #expect(outcome.status == 1)
        #expect(outcome.output == "")
        #expect(
            outcome.errors == """
                error: this tool cannot run as it was built
                  at: PkgmineTool.main of crumbs
                  because: \(reason)
                  saved: everything; nothing was begun

                hint: give each ecosystem an id and a file name of its own, then build the tool again

                """)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }

    @Test("A tool with ecosystems of its own does not run under a name that is no command's")
    func refusesName() async throws {
        let outcome = try await crumbs([], name: "my tool")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("because: \"my tool\" is no name for a command\n"), "\(outcome.errors)")
    }

    @Test(
        "A tool with ecosystems of its own does not write over another ecosystem's list or problems file, and touches nothing"
    )
    func keepsToItsFile() async throws {
        let folder = try Scratch()
        let both = "crumb=Crumb,crust=Crust"
        let options = ["-o", folder.path, "--progress", "none"]
        #expect(try await crumbs(["crumb"] + options, adding: both).status == 0)
        let files = try contents(of: folder)
        for (name, file) in [
            ("Crumb", "Crumb.csv"), ("crumb.CSV", "crumb.CSV"), ("Crumb.problems", "Crumb.problems.csv"),
        ] {
            let refused = try await crumbs(["crust", "--fresh", "-f", name] + options, adding: both)
            #expect(refused.status == 1)
            #expect(refused.output == "")
            #expect(
                refused.errors == """
                    error: the list cannot have this name: another ecosystem's has it
                      at: \(folder.path)/\(file)
                      because: it, or a file beside it, was published by the last run of `crumb`
                      saved: that list, and all that was mined before

                    hint: give this list another name with --output-file, or another folder with --output-dir

                    """)
            #expect(try contents(of: folder) == files)
        }
        #expect(try await crumbs(["crust"] + options, adding: both).status == 0)
        #expect(try await crumbs(["crumb", "-f", "Crumb"] + options, adding: both).status == 0)
    }

    private func contents(of folder: Scratch) throws -> [String: Data] {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        return Dictionary(
            uniqueKeysWithValues: paths.map { path in
                (path, FileManager.default.contents(atPath: "\(folder.path)/\(path)") ?? Data())
            })
    }
}
