import AttackLog
import MinerTestKit
import PackageMining
import RegistryHTTP
import Testing

@Suite("The pace against a live registry that bears ten requests at once")
struct PaceTests {
    private static let settling = 10.0
    private static let measured = 50.0

    @Test(
        "The pace against a live registry that bears ten requests at once settles: fewer than 5% refused, more than 80% of what it bears",
        .timeLimit(.minutes(5)))
    func settles() async throws {
        let registry = TenAtOnce()
        try await LoopbackServer.run(handler: { _ in await registry.answer() }) { server in
            var configuration = CurlSession.Configuration(version: "1.0", projectURL: "https://example.org/pkgmine")
            configuration.time = registry.time
            let session = try CurlSession(configuration)
            try await withThrowingTaskGroup(of: Void.self) { group in
                // However this ends, the server waits for its answers.
                defer { registry.close() }
                for number in 0..<256 {
                    group.addTask { try await ask(session, "\(server.baseURL)/\(number)", registry) }
                }
                try await conduct(registry, session, until: Self.settling)
                registry.startCounting()
                try await conduct(registry, session, until: Self.settling + Self.measured)
                expectSettled(registry.count)
                try await finish(&group, registry)
            }
        }
    }

    /// One of 256 look-ups at once that never end.
    private func ask(_ session: CurlSession, _ url: String, _ registry: TenAtOnce) async throws {
        while registry.now < Self.settling + Self.measured {
            _ = try await session.fetch(Request(url)) { $0.status }
        }
    }

    /// Lets the registry's time pass whenever all that the session has on the wire is in service.
    private func conduct(_ registry: TenAtOnce, _ session: CurlSession, until end: Double) async throws {
        var seen = (requests: -1, times: 0)
        while registry.now < end {
            let activity = session.activity()
            let isQuiet = activity.inFlight == registry.inService && activity.requests == seen.requests
            seen = (activity.requests, isQuiet ? seen.times + 1 : 0)
            if seen.times >= 3, activity.inFlight > 0 {
                registry.pass()
                seen.times = 0
            }
            await Task.yield()
            try Task.checkCancellation()
        }
    }

    private func expectSettled(_ count: TenAtOnce.Count) {
        let refused = Double(count.refused) / Double(count.served + count.refused)
        let used = count.occupied / count.seconds / Double(TenAtOnce.bears)
        print("pace: \(count.served) served, \(count.refused) refused, \(used) of what it bears")
        #expect(refused < 0.05)
        #expect(used > 0.8)
        let isGood = refused < 0.05 && used > 0.8
        AttackLog.note("7", "a registry that bears ten at once", survived: isGood ? 1 : 0)
    }

    private func finish(_ group: inout ThrowingTaskGroup<Void, any Error>, _ registry: TenAtOnce) async throws {
        group.cancelAll()
        registry.close()
        while let result = await group.nextResult() {
            if case .failure(let error) = result, (error as? WireError)?.category != .cancelled { throw error }
        }
    }
}
