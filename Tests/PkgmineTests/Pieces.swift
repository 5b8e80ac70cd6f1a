import Foundation
import GoMiner
import GoRegistryFixture
import MinerTestKit
import Pkgmine
import Synchronization

/// What a program called trends mines of a loopback registry.
func mining(_ service: GoService, indexURL: String? = nil, into folder: ScratchFolder) throws -> Mining<GoMiner> {
    var mining = Mining(
        try GoMiner(indexURL: indexURL ?? service.indexURL, proxyURL: service.cachedOnlyURL), into: folder.url,
        by: Program(name: "trends", version: "1.0", contact: "you@example.org"))
    mining.options.concurrency = 4
    return mining
}

func text(_ file: URL) throws -> String { try String(contentsOf: file, encoding: .utf8) }

/// A registry that does not answer its n-th request until it is let go.
final class HeldRequest: Sendable {
    private let remaining: Mutex<Int>
    private let coming = AsyncStream.makeStream(of: Void.self)
    private let going = AsyncStream.makeStream(of: Void.self)

    init(at request: Int) { remaining = Mutex(request) }

    func serve(_ registry: GoRegistry, _ body: (GoService) async throws -> Void) async throws {
        try await LoopbackServer.run(handler: { request in
            await self.asked()
            return registry.answer(to: request)
        }) { try await body(GoService(registry: registry, server: $0)) }
    }

    private func asked() async {
        let left = remaining.withLock { remaining in
            remaining -= 1
            return remaining
        }
        guard left == 0 else { return }
        coming.continuation.finish()
        for await _ in going.stream {}
    }

    /// Waits for that request.
    func comes() async { for await _ in coming.stream {} }

    func letGo() { going.continuation.finish() }
}
