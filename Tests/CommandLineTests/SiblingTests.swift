import ContentDigest
import Foundation
import GoRegistryFixture
import MachineTools
import MinerTestKit
import Testing

@Suite("Sibling ecosystems, as commands")
struct SiblingTests {
    @Test("pkgmine rpm mines a repository, twice to the same bytes, and refuses one whose checksum is wrong")
    func minesRPM() async throws {
        let fixture = packageFolder.appending(path: "fixtures/rpm/small")
        let primary = Array(try Data(contentsOf: fixture.appending(path: "primary.xml")))
        let checksum = try Digest.hex(of: primary, by: .sha256)
        let template = try String(contentsOf: fixture.appending(path: "repomd.xml"), encoding: .utf8)
            .replacing("{algorithm}", with: "sha256").replacing("{location}", with: "repodata/primary.xml")
        let index = template.replacing("{checksum}", with: checksum)
        let forged = template.replacing("{checksum}", with: String(checksum.reversed()))
        try await LoopbackServer.run(handler: { request in
            switch request.path {
            case "/good/repodata/repomd.xml": LoopbackAnswer(200, body: Array(index.utf8))
            case "/forged/repodata/repomd.xml": LoopbackAnswer(200, body: Array(forged.utf8))
            case let path where path.hasSuffix("/repodata/primary.xml"): LoopbackAnswer(200, body: primary)
            default: .text(404, "not here")
            }
        }) { server in
            let folder = try Scratch()
            let arguments = { (repository: String) in
                ["rpm", "-o", folder.path, "--repository-url", server.baseURL + repository, "--progress", "none"]
            }
            let first = try await Tool.pkgmine.run(arguments("/good"))
            #expect(first.status == 0, "\(first.errors)")
            let list = try folder.text("RPM.csv")
            #expect(list.hasPrefix("Package ID,Platform,Name,Homepage,Repository\n1,RPM,"))
            #expect(try await Tool.pkgmine.run(arguments("/good")).status == 0)
            #expect(try folder.text("RPM.csv") == list)
            let refused = try await Tool.pkgmine.run(arguments("/forged") + ["--fresh"])
            #expect(refused.status == 1)
            #expect(refused.errors.contains("malformed: its sha256 is "), "\(refused.errors)")
            #expect(try folder.text("RPM.csv") == list)
        }
    }

    @Test("an ecosystem and another, mined into one folder at the same moment, are both in its manifest")
    func sharesManifest() async throws {
        let fixture = packageFolder.appending(path: "fixtures/rpm/small")
        let primary = Array(try Data(contentsOf: fixture.appending(path: "primary.xml")))
        let checksum = try Digest.hex(of: primary, by: .sha256)
        let index = try String(contentsOf: fixture.appending(path: "repomd.xml"), encoding: .utf8)
            .replacing("{algorithm}", with: "sha256").replacing("{location}", with: "repodata/primary.xml")
            .replacing("{checksum}", with: checksum)
        let registry = GoRegistry.synthetic(modules: 30, seed: 61, mix: .plain)
        try await LoopbackServer.run(handler: { request in
            LoopbackAnswer(200, body: request.path.hasSuffix("repomd.xml") ? Array(index.utf8) : primary)
        }) { server in
            try await registry.serve { service in
                for _ in 0..<5 {
                    let folder = try Scratch()
                    async let go = service.mine(folder)
                    async let rpm = Tool.pkgmine.run(
                        ["rpm", "-o", folder.path, "--repository-url", server.baseURL, "--progress", "none"])
                    #expect(try await [go.status, rpm.status] == [0, 0])
                    let manifest = try JSONSerialization.jsonObject(with: Data(folder.text("datapackage.json").utf8))
                    let resources = (manifest as? [String: Any])?["resources"] as? [[String: Any]]
                    #expect(resources?.compactMap { $0["path"] as? String } == ["Go.csv", "RPM.csv"])
                }
            }
        }
    }
}
