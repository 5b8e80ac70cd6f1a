import GoMiner
import MinerHarness
import PackageMining
import Testing

@Suite("Modules that are left out")
struct SkippedModuleTests {
    @Test(
        "Modules that are left out are those that GONOPROXY would take, by the same globs",
        arguments: [
            ("corp.test", "corp.test/a/b", true), ("corp.test", "corp.test", true),
            ("corp.test", "corp.testing/a", false),
            ("*.corp.test", "git.corp.test/a", true), ("*.corp.test", "corp.test/a", false),
            ("corp.test/a", "corp.test/a/v2", true), ("corp.test/a", "corp.test/ab", false),
            ("corp.test/a", "corp.test", false), ("corp.test/*", "corp.test", false),
            ("corp.test/*", "corp.test/a/b", true),
            ("*/a", "corp.test/a/b", true), ("*", "corp.test/a", true), ("corp.test/", "corp.test/a", true),
            (",,a.test,corp.test", "corp.test/a", true), (" corp.test", "corp.test/a", false),
            ("", "corp.test/a", false),
            ("none", "corp.test/a", false), ("co?p.test", "corp.test/a", true), ("co?p.test", "cop.test/a", false),
            ("c*p*t", "corp.test", true), ("c*x*t", "corp.test", false), ("[a-c]orp.test", "corp.test", true),
            ("[^a-c]orp.test", "corp.test", false), ("[^d]orp.test", "corp.test", true),
            ("[x-]orp.test", "corp.test", false),
            ("[corp.test", "corp.test", false), ("corp\\.test", "corp.test", true), ("corp.test\\", "corp.test", false),
            ("Corp.test", "corp.test", false), ("*a", "aaa", true), ("*ab*", "aab", true), ("a*", "a", true),
        ])
    func matches(globs: String, module: String, isSkipped: Bool) async throws {
        let session = StubSession { _ in .text("", status: 404) }
        let package = Package(id: 1, name: module, newest: Release(version: "v1.0.0"))
        let resolution = try await GoMiner(proxyURL: "direct", skip: globs).resolve(package, through: session)
        #expect((resolution == Resolution(.skipped)) == isSkipped)
        if isSkipped { #expect(session.requests.isEmpty) }
    }
}
