import Foundation
import PackageMining
import RegistryHTTP
import Testing

@Suite("A registry that locks out whoever asks more than it bears")
struct BanTests {
    private func session(of url: String, _ pace: Pace) throws -> CurlSession {
        try quickSession { $0.keepPaces(of: [Registry(name: "a", url: url, pace: pace)]) }
    }

    @Test(
        "A registry that locks out whoever asks more than it bears is asked nothing behind its refusal, and says when it may be asked again",
        arguments: [
            (429, [], 3_600), (429, ["Retry-After: 7200"], 7_200), (429, ["Retry-After: 60"], 3_600),
            (403, ["X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 86400"], 86_400),
        ] as [(Int, [String], Double)])
    func bans(status: Int, fields: [String], seconds: Double) async throws {
        let server = try ScriptedServer { _, _ in answer(status, fields) }
        let session = try session(of: server.url, Pace(atOnce: 1, ban: .seconds(3_600)))
        let errors = try await withThrowingTaskGroup(of: WireError?.self) { group in
            for number in 0..<3 {
                group.addTask { try await wireError { _ = try await session.text("\(server.url)/\(number)") } }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(server.requests.count == 1)
        #expect(Set(errors.map { $0?.url }).count == 3)
        let end = Date(timeIntervalSince1970: 1_700_000_000 + seconds)
        for error in errors {
            let text = "\(server.url) locks out who asks more than it bears (status \(status))"
            #expect(error?.description == "banned: \(text)")
            #expect(error?.mayBeAskedAt == end && error?.isWorthRetrying == false)
        }
    }

    @Test(
        "A registry that locks out whoever asks more than it bears does not do so because it is at work, or by a 403 that forbids something",
        arguments: [503, 403])
    func answers(status: Int) async throws {
        let server = try ScriptedServer { _, number in number == 1 ? answer(status) : answer(200) }
        let session = try session(of: server.url, Pace(ban: .seconds(3_600)))
        for _ in 0..<2 { _ = try await session.text(server.url) }
        #expect(server.requests.count == (status == 503 ? 3 : 2))
    }

    @Test("A registry that locks out whoever asks more than it bears leaves the others alone")
    func others() async throws {
        let server = try ScriptedServer { _, _ in answer(429) }
        let other = try ScriptedServer { _, _ in answer(200, [], [65]) }
        let session = try session(of: server.url, Pace(ban: .seconds(3_600)))
        #expect(try await wireError { _ = try await session.text(server.url) }?.category == .banned)
        #expect(try await session.text(other.url) == "A")
    }

    @Test("A registry that locks out whoever asks more than it bears is recorded as such, with the time that it named")
    func recorded() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("recording-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try ScriptedServer { _, _ in answer(429) }
        let session = try session(of: server.url, Pace(ban: .seconds(3_600)))
        let live = try RecordingSession(session, in: folder, tool: "pkgmine 1.0", began: Date())
        let error = try await wireError { _ = try await live.text(server.url) }
        let again = try await wireError { _ = try await ReplayingSession(folder).text(server.url) }
        #expect(error?.category == .banned && error?.mayBeAskedAt == again?.mayBeAskedAt)
        #expect(again?.description == error?.description)
    }
}
