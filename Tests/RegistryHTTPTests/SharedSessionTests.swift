import MinerTestKit
import PackageMining
import RegistryHTTP
import Testing

@Suite("Sessions that share a loop")
struct SharedSessionTests {
    @Test(
        "Sessions that share a loop ask a host of both at one pace, through the same connections, and are counted apart"
    )
    func sharePace() async throws {
        try await LoopbackServer.run(handler: { _ in .text(200, "1234567890") }) { server in
            var configuration = CurlSession.Configuration(version: "1.0")
            configuration.keepPaces(of: [Registry(name: "a", url: server.baseURL, pace: Pace(atOnce: 1))])
            configuration.keepPaces(of: [Registry(name: "b", url: server.baseURL + "/b", pace: Pace(atOnce: 8))])
            let first = try CurlSession(configuration)
            let second = first.shared()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<30 {
                    let session = number < 10 ? first : second
                    group.addTask { _ = try await session.text("\(server.baseURL)/\(number)") }
                }
                try await group.waitForAll()
            }
            #expect(server.journal.largestInFlight == 1)
            #expect(server.journal.connections == 1)
            #expect([first, second].map { $0.activity().requests } == [10, 20])
            #expect([first, second].map { $0.activity().receivedBytes } == [100, 200])
            #expect([first, second].map { $0.activity().inFlight } == [0, 0])
        }
    }

    @Test(
        "Sessions that share a loop tell of a host that is waited for only where they have asked it, and of their own retries"
    )
    func tellWhatTheyWaitFor() async throws {
        let plan = Misbehaviour.once(.internalError)
        try await LoopbackServer.run(misbehaving: plan, handler: { _ in .text(200, "x") }) { troubled in
            try await LoopbackServer.run(handler: { _ in .text(200, "x") }) { server in
                let first = try quickSession()
                let second = first.shared()
                _ = try await first.text(troubled.baseURL + "/a")
                _ = try await second.text(server.baseURL + "/a")
                #expect([first, second].map { $0.activity().retries } == [1, 0])
                #expect([first, second].map { $0.activity().requests } == [2, 1])
            }
        }
    }

    @Test("live as long as one of them is left")
    func outliveEachOther() async throws {
        try await LoopbackServer.run(handler: { _ in .text(200, "x") }) { server in
            var first: CurlSession? = try CurlSession(CurlSession.Configuration(version: "1.0"))
            let second = try #require(first?.shared())
            first = nil
            #expect(try await second.text(server.baseURL) == "x")
        }
    }
}
