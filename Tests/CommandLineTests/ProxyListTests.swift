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
        "GOPROXY as --proxy-url goes direct for no module that a proxy has", arguments: [",", "|"])
    func needsNoDirect(separator: String) async throws {
        try await Self.registry.serve { service in
            let folder = try Scratch()
            let proxies = "\(service.cachedOnlyURL)\(separator)direct,http://127.0.0.1:9"
            let outcome = try await mine(service, folder, proxies)
            #expect(outcome.status == 0)
            #expect(try folder.text("Go.csv") == Self.registry.expectedList())
            #expect(outcome.errors.hasPrefix("30 packages in the list"), "\(outcome.errors)")
            let manifest = try folder.text("datapackage.json")
            #expect(manifest.contains("\"\(service.cachedOnlyURL)\(separator)direct\""))
            #expect(!manifest.contains("resolved directly"))
        }
    }

    @Test("GOPROXY as --proxy-url never asks what stands behind `off`, and says nothing of it")
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
        arguments: ["off", "off,https://a.example", ","])
    func refuses(proxies: String) async throws {
        let folder = try Scratch()
        let outcome = try await Tool.pkgmine.run(["go", "-o", folder.path, "--proxy-url", proxies])
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("cannot be used as a module proxy: "), "\(outcome.errors)")
    }
}
