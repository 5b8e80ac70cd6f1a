import AttackLog
import Foundation
import GoRegistryFixture
import MachineTools
import MinerTestKit
import Testing

@Suite("The file system")
struct FileAccessTests {
    private static let registry = GoRegistry.synthetic(modules: 60, seed: 41, mix: .plain, pageSize: 20)

    private func note(_ attack: String, _ survived: Bool) {
        AttackLog.note("security", attack, survived: survived ? 1 : 0)
    }

    /// The modes of all that lies in a folder.
    private func modes(_ folder: URL) throws -> [String: Int] {
        let manager = FileManager.default
        let names = try manager.subpathsOfDirectory(atPath: folder.path) + [""]
        return try Dictionary(
            uniqueKeysWithValues: names.map { name in
                let facts = try manager.attributesOfItem(atPath: folder.appending(path: name).path)
                return (name, (facts[.posixPermissions] as? Int ?? 0) & 0o777)
            })
    }

    @Test(
        "The file system has the state, its logs and recordings for their owner alone, under any umask",
        arguments: [false, true])
    func keepsPrivate(isKilled: Bool) async throws {
        let wire = Tripwire()
        try await wire.serve(Self.registry) { service in
            let folder = try Scratch()
            let bomb = Trigger(SIGKILL, at: isKilled ? 40 : .max)
            wire.set(bomb)
            let command = ["umask 0; exec \"$0\" \"$@\"", Tool.pkgmine.executable.path]
            let list = ["-o", folder.path + "/list", "--record", folder.path + "/recording"]
            let outcome = try await #require(Tool.machine("sh")).run(
                ["-c"] + command + service.arguments(folder, list), started: { bomb.started($0) })
            bomb.disarm()
            #expect(outcome.status == (isKilled ? 1_000 + SIGKILL : 0), "\(outcome.errors)")
            var expected = ["": 0o700, "go.lock": 0o600, "go.sqlite": 0o600]
            if isKilled {
                expected["go.sqlite-wal"] = 0o600
                expected["go.sqlite-shm"] = 0o600
            } else {
                expected["go.list.json"] = 0o644
                expected["datapackage.lock"] = 0o600
            }
            let state = try modes(folder.url.appending(path: "list/.pkgmine"))
            #expect(state == expected)
            let recording = try modes(folder.url.appending(path: "recording"))
            #expect(recording == ["": 0o700, "recording.json": 0o600, "exchanges.ndjson": 0o600])
            note("umask 0", state == expected)
        }
    }

    @Test("The file system is not reached by a link that somebody has put where a draft will lie")
    func followsNoLink() async throws {
        try await Self.registry.serve { service in
            let folder = try Scratch()
            let victim = try Scratch()
            for name in ["a", "b", "c"] { try Data("precious".utf8).write(to: victim.url.appending(path: name)) }
            let links = [".Go.csv.new": "a", ".datapackage.json.new": "b", ".Go.problems.csv.new": "c"]
            for (link, target) in links {
                try FileManager.default.createSymbolicLink(
                    atPath: folder.path + "/" + link, withDestinationPath: victim.path + "/" + target)
            }
            #expect(try await service.mine(folder).status == 0)
            let isSafe = try ["a", "b", "c"].allSatisfy { try victim.text($0) == "precious" }
            #expect(isSafe)
            #expect(try Kills.files(in: folder) == Kills.expectedFiles)
            note("links in the place of drafts", isSafe)
        }
    }

    @Test("The file system is not reached by redirects", arguments: [Fault.redirectToFile, .redirectLoop])
    func followsNoRedirect(fault: Fault) async throws {
        try await Self.registry.serve(misbehaving: .always(fault, on: GoRequest.isIndex)) { service in
            let folder = try Scratch()
            let outcome = try await service.mine(folder)
            #expect(outcome.status == 1)
            let reason = fault == .redirectLoop ? "refused: more than 10 redirects" : "refused: a redirect to file:"
            #expect(outcome.errors.contains("because: \(reason)"), "\(outcome.errors)")
            note("redirects to files and in circles", outcome.status == 1)
        }
    }

    @Test(
        "The file system is reached by a recorded exchange in the recording's folder alone",
        arguments: [
            "../secret.bin", "/etc/passwd", "download-/../../secret.bin", "download-000001.bin", "download-.bin",
        ])
    func replaysFromItsFolder(bodyFile: String) async throws {
        let folder = try Scratch()
        let recording = folder.url.appending(path: "recording")
        try FileManager.default.createDirectory(at: recording, withIntermediateDirectories: true)
        let secret = "<secret>0,RPM,stolen,nan,nan</secret>"
        try Data(secret.utf8).write(to: folder.url.appending(path: "secret.bin"))
        try FileManager.default.createSymbolicLink(
            atPath: recording.path + "/download-000001.bin", withDestinationPath: "../secret.bin")
        try Data(#"{"format":1,"tool":"hand","began":"2026-01-31T12:00:00Z"}"#.utf8)
            .write(to: recording.appending(path: "recording.json"))
        let base = "https://rpm.example"
        let index = """
            <?xml version="1.0"?><repomd xmlns="http://linux.duke.edu/metadata/repo"><revision>1</revision><data type="primary"><checksum type="sha256">\(String(repeating: "0", count: 64))</checksum><location href="repodata/primary.xml"/></data></repomd>
            """
        let exchanges = [
            ["url": "\(base)/repodata/repomd.xml", "body": index],
            ["url": "\(base)/repodata/primary.xml", "bodyFile": bodyFile],
        ]
        let lines = try exchanges.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) + "\n" }
        try Data(lines.joined().utf8).write(to: recording.appending(path: "exchanges.ndjson"))
        let outcome = try await Tool.pkgmine.run(
            ["rpm", "-o", folder.path + "/list", "--repository-url", base, "--replay", recording.path])
        #expect(outcome.status == 1)
        let told = [
            "\(bodyFile) is no download of a recording",
            "\(bodyFile) of the recording cannot be read: ",
        ]
        #expect(told.contains { outcome.errors.contains($0) }, "\(outcome.errors)")
        #expect(!outcome.errors.contains("stolen") && !folder.exists("list/RPM.csv"))
        note("recorded exchanges that name other files", outcome.status == 1)
    }
}
