import CratesMiner
import Foundation
import GoMiner
import GoRegistryFixture
import MinerTestKit
import Pkgmine
import RegistryHTTP
import Testing

@Suite("A program that mines several ecosystems", .timeLimit(.minutes(5)))
struct SeveralTests {
    private static let crates = URL(filePath: #filePath).appending(path: "../../../fixtures/family/crates")
        .standardizedFileURL

    @Test("A program that mines several ecosystems does so side by side, into one folder, through one session")
    func minesSideBySide() async throws {
        let registry = GoRegistry.synthetic(modules: 20, seed: 5, mix: .plain)
        try await registry.serve { service in
            try await FolderRegistry(at: Self.crates).serve { server in
                let folder = try ScratchFolder()
                let go = try mining(service, into: folder)
                let crates = Mining(
                    CratesMiner(dumpURL: server.baseURL + "/db-dump.tar.gz"), into: folder.url,
                    by: Program(name: "trends", version: "1.0"))
                var configuration = go.session
                for ecosystem in [go.miner.ecosystem, crates.miner.ecosystem] {
                    configuration.keepPaces(of: ecosystem.registries)
                }
                let session = try CurlSession(configuration)
                async let modules = go.run(through: session.shared())
                async let packages = crates.run(through: session.shared())
                #expect(try await text(modules.list) == registry.expectedList())
                #expect(try await packages.tally.listed == 3)
                let manifest = try text(folder.url.appending(path: "datapackage.json"))
                #expect(manifest.contains("\"path\" : \"Go.csv\"") && manifest.contains("\"path\" : \"Crates.csv\""))
                #expect(session.activity().requests == 0, "each run's are counted by themselves")
            }
        }
    }
}
