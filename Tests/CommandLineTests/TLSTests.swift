import AttackLog
import Foundation
import GoRegistryFixture
import MachineTools
import MinerTestKit
import TLSFront
import Testing

@Suite(
    "A registry behind TLS", .serialized,
    .enabled(if: TLSFront.isThere, "needs nginx and openssl"))
struct TLSTests {
    @Test("A registry behind TLS is refused while its authority is unknown, and mined over HTTP/2 with --ca-file")
    func minesWithAuthority() async throws {
        try await withFront { service, front in
            try await mine(service, through: front)
            front.stop()
            let protocols = Set(try front.log().split(separator: "\n").map(String.init))
            #expect(protocols == ["HTTP/2.0"])
        }
    }

    private func mine(_ service: GoService, through front: TLSFront) async throws {
        let folder = try Scratch()
        let arguments = arguments("https://localhost:\(front.port)", folder)
        let unknown = try await Tool.pkgmine.run(arguments)
        #expect(unknown.status == 1)
        #expect(unknown.errors.contains("refused: "), "\(unknown.errors)")
        #expect(service.journal.requests == 0)
        let known = try await Tool.pkgmine.run(arguments + ["--ca-file", front.authority])
        #expect(known.status == 75, "\(known.errors)")
        #expect(try folder.text("Go.csv") == service.registry.expectedList())
    }
}

extension TLSTests {
    private static let passingOn = """
        location / { proxy_pass http://registry; proxy_http_version 1.1; proxy_set_header Connection ""; }
        """

    /// Runs `body` against a TLS front of a small registry.
    private func withFront(
        misbehaving misbehaviour: Misbehaviour = .none, _ body: (GoService, TLSFront) async throws -> Void
    ) async throws {
        try await GoRegistry.small().serve(misbehaving: misbehaviour) { service in
            let front = try TLSFront(
                name: "DNS:localhost", answering: Self.passingOn, upstream: service.server.port)
            defer { front.stop() }
            try await body(service, front)
        }
    }

    private func arguments(_ base: String, _ folder: Scratch) -> [String] {
        [
            "go", "-o", folder.path, "--index-url", "\(base)/index", "--proxy-url", "\(base)/proxy/cached-only",
            "--progress", "none",
        ]
    }

    private func expectRefusal(_ outcome: Tool.Outcome, _ reason: String) {
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("because: refused: "), "\(outcome.errors)")
        #expect(outcome.errors.contains(reason), "\(outcome.errors)")
        AttackLog.note("security", "ways to turn TLS verification off", survived: outcome.status == 1 ? 1 : 0)
    }

    @Test("A registry behind TLS is verified whatever the environment and the files of the home folder say")
    func verifiesAlways() async throws {
        try await withFront { service, front in
            let home = try Scratch()
            for name in [".curlrc", ".netrc", "_curlrc"] {
                try Data("insecure\nproxy-insecure\nssl-no-revoke\n".utf8).write(to: home.url.appending(path: name))
            }
            let off = [
                "CURL_INSECURE", "CURLOPT_SSL_VERIFYPEER", "CURLOPT_SSL_VERIFYHOST", "SSL_VERIFY", "SSL_NO_VERIFY",
                "GIT_SSL_NO_VERIFY", "PYTHONHTTPSVERIFY", "NODE_TLS_REJECT_UNAUTHORIZED", "GOINSECURE", "GONOSUMDB",
                "PKGMINE_INSECURE", "INSECURE",
            ]
            for value in ["0", "1", "true", "*"] {
                var environment = Dictionary(uniqueKeysWithValues: off.map { ($0, value) })
                environment["HOME"] = home.path
                environment["CURL_HOME"] = home.path
                let outcome = try await Tool.pkgmine.run(
                    arguments("https://localhost:\(front.port)", try Scratch()), environment: environment)
                expectRefusal(outcome, "certificate")
            }
            #expect(service.journal.requests == 0)
        }
    }

    @Test("A registry behind TLS is verified whatever options are given")
    func hasNoOption() async throws {
        let help = try await Tool.pkgmine.run(["help", "go"]).output.lowercased()
        for word in ["insecure", "verify", "no-check", "skip-tls"] { #expect(!help.contains(word)) }
        for option in ["--insecure", "-k", "--no-verify", "--no-check-certificate", "--skip-tls"] {
            #expect(try await Tool.pkgmine.run(["go", option]).status == 64)
        }
    }

    @Test("A registry behind TLS must have a certificate of its own name, also from an authority that is trusted")
    func refusesOtherName() async throws {
        try await withFront { service, front in
            let outcome = try await Tool.pkgmine.run(
                arguments("https://127.0.0.1:\(front.port)", try Scratch()) + ["--ca-file", front.authority])
            expectRefusal(outcome, "SSL")
            #expect(service.journal.requests == 0)
        }
    }

    @Test("A registry behind TLS is not left for plain http by a redirect")
    func refusesDowngrade() async throws {
        try await withFront(misbehaving: .always(.redirectToHTTP)) { _, front in
            let outcome = try await Tool.pkgmine.run(
                arguments("https://localhost:\(front.port)", try Scratch()) + ["--ca-file", front.authority])
            expectRefusal(outcome, "a redirect from https to http://")
        }
    }
}
