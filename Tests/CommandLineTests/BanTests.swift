import Foundation
import MachineTools
import MinerTestKit
import PackageMining
import Testing

@Suite("A run that a registry locks out")
struct BanTests {
    private func mine(at url: String, into folder: Scratch) async throws -> Tool.Outcome {
        try await Tool.added.run(
            ["crumb", "-o", folder.path, "--concurrency", "1", "--progress", "none"],
            environment: ["ADDED": "crumb=Crumb", "BANNING": url])
    }

    @Test("A run that a registry locks out keeps what had arrived, says when to go on, and goes on then")
    func goesOn() async throws {
        let folder = try Scratch()
        let handler: LoopbackServer.Handler = { request in
            request.path == "/second" && request.attempt == 1
                ? LoopbackAnswer(429, headers: [Header("Retry-After", "7200")]) : .text(200, "here")
        }
        try await LoopbackServer.run(handler: handler) { server in
            let banned = try await mine(at: server.baseURL, into: folder)
            #expect(banned.status == 1 && banned.output == "")
            let told = """
                error: the registry has locked this machine out for a while
                  at: \(server.baseURL)/second
                  because: banned: \(server.baseURL) locks out who asks more than it bears (status 429)
                  saved: all that had arrived: 3 entries listed, 1 packages looked up

                hint: to ask on would make it longer; run `crumbs crumb -o \(folder.path) --concurrency 1 --progress \
                none` again to go on from there, not before 
                """
            #expect(banned.errors.hasPrefix(told), "\(banned.errors)")
            let time = try Date(
                String(banned.errors.dropFirst(told.count)).trimmingCharacters(in: .newlines), strategy: .iso8601)
            #expect((7_000...7_200).contains(time.timeIntervalSinceNow))
            let healed = try await mine(at: server.baseURL, into: folder)
            #expect(healed.status == 0, "\(healed.errors)")
            // What a busy machine answers late is asked for again, but nothing behind the refusal.
            let asked = server.journal.log.map(\.path)
            #expect(asked.filter { $0 == "/second" }.count == 2 && Set(asked) == ["/first", "/second", "/third"])
            #expect(asked == asked.sorted())
            #expect(try folder.text("Crumb.csv").split(separator: "\n").count == 4)
        }
    }
}
