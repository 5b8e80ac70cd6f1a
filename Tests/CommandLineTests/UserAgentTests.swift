import GoRegistryFixture
import MinerTestKit
import Testing

@Suite("The tool's User-Agent")
struct UserAgentTests {
    @Test("The tool's User-Agent names the contact that was given, and no address that nobody owns")
    func namesContact() async throws {
        try await GoRegistry.small().serve { service in
            try await service.mine(Scratch(), ["--limit", "1"])
            try await service.mine(Scratch(), ["--limit", "1", "--contact", "you@example.org"])
            let agents = Set(service.journal.log.map { $0.header("user-agent") })
            #expect(agents == ["pkgmine/0.1.0", "pkgmine/0.1.0 (you@example.org)"])
        }
    }
}
