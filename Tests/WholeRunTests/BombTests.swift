import AttackLog
import MinerTestKit
import PackageMining
import RegistryHTTP
import Testing

@Suite("A body that is a trap")
struct BombTests {
    @Test(
        "A body that is a trap is refused at the limit: a gzip stream that inflates to a gigabyte, a gigabyte",
        arguments: [Fault.gzipBomb, .hugeBody])
    func isRefused(fault: Fault) async throws {
        try await LoopbackServer.run(misbehaving: .always(fault), handler: { _ in .text(200, "harmless") }) { server in
            var configuration = CurlSession.Configuration(version: "1.0", projectURL: "https://example.org/pkgmine")
            // A machine under load takes its time over a gigabyte.
            configuration.stallTimeout = .seconds(600)
            configuration.attemptTimeout = .seconds(600)
            let session = try CurlSession(configuration)
            var refusal: WireError?
            do {
                _ = try await session.fetch(Request(server.baseURL, bodyLimit: 1 << 20)) { $0.body.count }
            } catch let error as WireError {
                refusal = error
            }
            #expect(refusal?.description == "too large: the body is larger than 1048576 bytes")
            #expect(server.journal.requests == 1)
            #expect(session.activity().receivedBytes < 16 << 20)
            AttackLog.note(
                "6", "bodies beyond the limit, inflated or not", survived: refusal?.category == .tooLarge ? 1 : 0)
        }
    }
}
