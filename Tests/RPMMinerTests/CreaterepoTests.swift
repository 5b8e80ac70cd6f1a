import Foundation
import MachineTools
import MinerHarness
import PackageMining
import RPMMiner
import Testing

/// Whether this machine has the tools that make RPM packages and repositories.
private let hasTools = ["/usr/bin/createrepo_c", "/usr/bin/rpmbuild"].allSatisfy {
    FileManager.default.isExecutableFile(atPath: $0)
}

@Suite("RPM repositories made by createrepo_c", .enabled(if: hasTools, "createrepo_c and rpmbuild are not installed"))
struct CreaterepoTests {
    @Test("a repository of real packages is read, however it is compressed", arguments: ["gz", "xz"])
    func repository(compression: String) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rpm-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (version, url) in [("1.9", "https://old.example/"), ("1.10", "https://new.example/a?b&c")] {
            try await build(version, url, in: folder)
        }
        try await run("/usr/bin/createrepo_c", "--general-compress-type=\(compression)", folder.path())
        let session = StubSession()
        let repodata = folder.appending(path: "repodata")
        for file in try FileManager.default.contentsOfDirectory(atPath: repodata.path()) {
            session.set("http://rpm.test/repodata/\(file)", Array(try Data(contentsOf: repodata.appending(path: file))))
        }
        let mining = StoredRun(RPMMiner(repositoryURL: "http://rpm.test"))
        try await mining.list(through: session)
        #expect(
            try await mining.rows(through: session).map(\.description) == [
                "demo 0:1.10-1 https://new.example/a?b&c nan (no repository)"
            ])
    }

    private func build(_ version: String, _ url: String, in folder: URL) async throws {
        let spec = folder.appending(path: "demo.spec")
        let text = """
            Name: demo
            Version: \(version)
            Release: 1
            Summary: Demo
            License: MIT
            URL: \(url)
            BuildArch: noarch
            %description
            Demo
            %files
            """
        try text.write(to: spec, atomically: true, encoding: .utf8)
        try await run(
            "/usr/bin/rpmbuild", "-bb", "--define", "_topdir \(folder.path())", "--define",
            "_rpmdir \(folder.path())", spec.path())
    }

    private func run(_ tool: String, _ arguments: String...) async throws {
        let outcome = try await Tool(executable: URL(filePath: tool)).run(arguments)
        #expect(outcome.status == 0, "\(outcome.errors)")
    }
}
