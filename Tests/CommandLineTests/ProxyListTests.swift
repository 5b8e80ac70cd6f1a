import Foundation
import GoRegistryFixture
import MachineTools
import MinerTestKit
import Testing

@Suite("GOPROXY as --proxy-url")
struct ProxyListTests {
    private static let registry = GoRegistry.synthetic(modules: 30, seed: 67, mix: .plain)

    private func mine(_ service: GoService, _ folder: Scratch, _ proxies: String) async throws -> Tool.Outcome {
        try await Tool.pkgmine.run(
            ["go", "-o", folder.path, "--index-url", service.indexURL, "--proxy-url", proxies, "--progress", "none"])
    }

    @Test(
        "GOPROXY as --proxy-url takes `direct` behind a proxy, and says in one line that it is passed over",
        arguments: [",", "|"])
    func passesOverDirect(separator: String) async throws {
        try await Self.registry.serve { service in
            let folder = try Scratch()
            let proxies = "\(service.cachedOnlyURL)\(separator)direct,http://127.0.0.1:9"
            let outcome = try await mine(service, folder, proxies)
            #expect(outcome.status == 0)
            #expect(try folder.text("Go.csv") == Self.registry.expectedList())
            #expect(
                outcome.errors.hasPrefix(
                    "note: `direct` is passed over: it means cloning repositories, and this tool asks proxies only\n30 "
                ))
            #expect(outcome.errors.ranges(of: "direct").count == 1)
            let manifest = try folder.text("datapackage.json")
            #expect(manifest.contains("\"\(service.cachedOnlyURL)\""))
        }
    }

    @Test("never asks what stands behind `off`, and says nothing of it")
    func endsAtOff() async throws {
        try await Self.registry.serve { service in
            let folder = try Scratch()
            let outcome = try await mine(service, folder, "\(service.cachedOnlyURL)|off|http://127.0.0.1:9")
            #expect(outcome.status == 0)
            #expect(!outcome.errors.contains("note:"), "\(outcome.errors)")
            #expect(try folder.text("Go.csv") == Self.registry.expectedList())
        }
    }

    @Test(
        "GOPROXY as --proxy-url is a usage error where it names no proxy",
        arguments: ["direct", "off", "direct,https://a.example", ","])
    func refuses(proxies: String) async throws {
        let folder = try Scratch()
        let outcome = try await Tool.pkgmine.run(["go", "-o", folder.path, "--proxy-url", proxies])
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("cannot be used as a module proxy: "), "\(outcome.errors)")
    }
}
