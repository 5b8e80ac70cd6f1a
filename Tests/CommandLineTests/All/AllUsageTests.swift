import Foundation
import MachineTools
import MinerTestKit
import Testing

@Suite("pkgmine all, used wrongly")
struct AllUsageTests {
    @Test(
        "pkgmine all, used wrongly, exits with 64, says what is right, and has asked nobody and made nothing",
        arguments: [
            (["ggo"], "there is no ecosystem `ggo`; the nearest is `go`"),
            (["--except", "mavne"], "there is no ecosystem `mavne`; the nearest is `maven`"),
            (["--set", "cargo.limit=1"], "there is no ecosystem `cargo`; the nearest is `crates`"),
            (["--set", "npm.limit=1", "--except", "npm"], "--set npm.limit: npm is not mined in this run"),
            (["--set", "go.limit=0"], "go: --limit takes a number from 1 on, not 0"),
            (["--set", "go.registry=x"], "go: Unknown option '--registry'"),
            (["--set", "go.index-url=foo"], "go: foo cannot be the module index"),
            (["--set", "go.proxy-url=https://user:secret@a.example,ftp://b.example"], "go: "),
            (["--set", "go.contact=you"], "--set go.contact: --contact holds for all, and has no ecosystem"),
            (["--set", "go.help"], "--set go.help: --help holds for all"),
            (["--set", "go"], "'go'"), (["--set", ".limit=1"], "'.limit=1'"), (["--set", "go.-o=1"], "'go.-o=1'"),
            (["--set", "go.output-file=npm"], "NPM.csv would be the list of go and of npm"),
            (["--set", "go.output-file=npm.csv.gz"], "NPM.csv would be the list of go and of npm"),
            (["--except", "go", "--except", "npm"], "nothing is left to mine"),
            (["--lists-at-once", "0"], "--lists-at-once takes a number from 1 on, not 0"),
            (["--limit", "0"], "--limit takes a number from 1 on, not 0"),
            (["--concurrency", "0"], "--concurrency takes a number from 1 to 4096, not 0"),
            (["--replay", "nowhere"], "nowhere/go has no recording.json"),
            (["--record", "a", "--replay", "b"], "exclude each other"),
        ])
    func refuses(more: [String], message: String) async throws {
        try await Family.serve { family in
            let folder = try Scratch()
            let set = ["go", "npm"].filter { !more.contains($0) }
            let words = ["all", "go", "npm", "-o", "lists"] + family.settings(of: set)
            let outcome = try await Tool.pkgmine.run(words + more, in: folder.url)
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains(message), "\(outcome.errors)")
            #expect(outcome.errors.contains("Usage: pkgmine all "), "\(outcome.errors)")
            #expect(!outcome.errors.contains("secret"))
            #expect(outcome.output == "")
            #expect(family.requests == 0)
            #expect(!folder.exists("lists"))
        }
    }

    @Test("an ecosystem without an address, named by the user, is wrong usage; so is an unknown one of status")
    func refusesNamedWithoutAddress() async throws {
        let none = ["PIP_CONFIG_FILE": "/dev/null", "PIP_INDEX_URL": ""]
        let pypi = try await Tool.pkgmine.run(["all", "pypi", "-o", try Scratch().path], environment: none)
        #expect(pypi.status == 64)
        #expect(pypi.errors.contains("pypi: no index is named"), "\(pypi.errors)")
        let status = try await Tool.pkgmine.run(["status", "ggo"])
        #expect(status.status == 64)
        #expect(status.errors.contains("there is no ecosystem `ggo`; the nearest is `go`"), "\(status.errors)")
    }
}
