import Foundation
import GoRegistryFixture
import MachineTools
import MinerTestKit
import PackageMining
import Testing

@Suite("What a registry says")
struct HostileOutputTests {
    /// Modules with hostile names, some of which the proxy can be asked for.
    private static let registry = GoRegistry(
        (hostileNames + ["example.org/fine", "example.org/Fine"]).enumerated().map { number, name in
            GoModule(
                name,
                releases: [
                    .init(
                        "v1.0.\(number)", at: EntryTime(nanoseconds: 1_554_923_332_000_000_000 + Int64(number) * 1_000))
                ],
                conduct: .origin, repository: "https://example.org/fine")
        })

    /// Answers that name the terminal's own sequences wherever an answer can name anything, and fail at once.
    private static func redirect(_ request: LoopbackRequest) -> LoopbackAnswer {
        LoopbackAnswer(302, headers: [Header("Location", "file:///\u{1B}[2J\u{9B}31m\(request.path)")])
    }

    @Test("What a registry says reaches neither progress nor log nor errors raw", arguments: ["plain", "json"])
    func printsNothingRaw(progress: String) async throws {
        try await LoopbackServer.run(handler: { request in
            GoRequest.isIndex(request) ? Self.registry.answer(to: request) : Self.redirect(request)
        }) { server in
            let outcome = try await mine(server, progress)
            #expect(outcome.status == 75, "the modules that can be asked for have failed")
            #expect(outcome.errors.contains("file:///"), "the log tells of the redirects")
            #expect(controls(in: outcome.output + outcome.errors) == [])
        }
    }

    @Test("What a registry says reaches no error raw that ends a run")
    func failsWithNothingRaw() async throws {
        try await LoopbackServer.run(handler: { Self.redirect($0) }) { server in
            let outcome = try await mine(server, "plain")
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("a redirect to file:///"))
            #expect(controls(in: outcome.output + outcome.errors) == [])
        }
    }

    private func mine(_ server: LoopbackServer, _ progress: String) async throws -> Tool.Outcome {
        let folder = try Scratch()
        return try await Tool.pkgmine.run([
            "go", "-o", folder.path, "--index-url", "\(server.baseURL)/index", "--proxy-url",
            "\(server.baseURL)/proxy/cached-only", "--progress", progress, "--log-level", "trace",
        ])
    }

    /// The characters that a terminal obeys, but for line ends.
    private func controls(in text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter { $0.value < 32 && $0 != "\n" || (127...159).contains($0.value) }
    }
}
