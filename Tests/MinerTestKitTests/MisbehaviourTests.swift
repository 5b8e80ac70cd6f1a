import MinerTestKit
import Testing

@Suite("A plan of misbehaviour", .timeLimit(.minutes(5)))
struct MisbehaviourTests {
    private func statuses(under plan: Misbehaviour, of targets: [String]) async throws -> [Int?] {
        try await LoopbackServer.run(misbehaving: plan) {
            .text(200, $0.target)
        } body: { server in
            var statuses: [Int?] = []
            for target in targets { statuses.append(try await ask(server.port, target).status) }
            return statuses
        }
    }

    @Test("A plan of misbehaviour counts attempts for each target on its own")
    func attempts() async throws {
        let plan = Misbehaviour.once(.unavailable, attempts: 1...2)
        let statuses = try await statuses(under: plan, of: ["/a", "/b", "/a", "/a", "/b", "/b"])
        #expect(statuses == [503, 503, 503, 200, 503, 200])
    }

    @Test("A plan of misbehaviour meets only the requests that are meant")
    func predicate() async throws {
        let plan = Misbehaviour.always(.badGateway) { $0.path.hasSuffix(".info") }
        #expect(try await statuses(under: plan, of: ["/x.info", "/x"]) == [502, 200])
    }

    @Test(
        "A plan of misbehaviour meets the same requests for the same seed, in any order, and about as many as it says")
    func share() async throws {
        let targets = (0..<200).map { "/\($0)" }
        let plan = Misbehaviour.share(0.25, of: [.internalError], seed: 7)
        let forwards = try await statuses(under: plan, of: targets)
        let backwards = try await statuses(under: plan, of: targets.reversed())
        #expect(forwards == backwards.reversed())
        #expect((30...70).contains(forwards.count { $0 == 500 }))
        let other = try await statuses(under: .share(0.25, of: [.internalError], seed: 8), of: targets)
        #expect(other != forwards)
    }

    @Test("A plan of misbehaviour can change while the server is up")
    func change() async throws {
        try await LoopbackServer.run {
            .text(200, $0.target)
        } body: { server in
            let before = try await ask(server.port, "/")
            server.misbehaviour = .always(.internalError)
            let after = try await ask(server.port, "/")
            #expect([before.status, after.status] == [200, 500])
        }
    }
}
