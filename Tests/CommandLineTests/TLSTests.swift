import AttackLog
import Foundation
import MinerTestKit
import Testing

@Suite(
    "A registry behind TLS", .serialized,
    .enabled(if: Tool.machine("nginx") != nil && Tool.machine("openssl") != nil, "needs nginx and openssl"))
struct TLSTests {
    @Test("is refused while its authority is unknown, and mined over HTTP/2 with --ca-file")
    func minesWithAuthority() async throws {
        let registry = try GoRegistry.small()
        try await registry.serve { service in
            let front = try await TLSFront(to: service.server.port)
            async let serving = front.serve()
            try await mine(registry, service, through: front)
            try await front.stop()
            #expect(try await serving.status == 0)
            let protocols = Set(try front.log().split(separator: "\n").map(String.init))
            #expect(protocols == ["HTTP/2.0"])
        }
    }

    private func mine(_ registry: GoRegistry, _ service: GoService, through front: TLSFront) async throws {
        let folder = try Scratch()
        let base = "https://localhost:\(front.port)"
        let arguments = [
            "go", "-o", folder.path, "--index-url", "\(base)/index", "--proxy-url", "\(base)/proxy/cached-only",
            "--progress", "none",
        ]
        let unknown = try await Tool.pkgmine.run(arguments)
        #expect(unknown.status == 1)
        #expect(unknown.errors.contains("refused: "), "\(unknown.errors)")
        #expect(service.journal.requests == 0)
        let known = try await Tool.pkgmine.run(arguments + ["--ca-file", front.authority])
        #expect(known.status == 75, "\(known.errors)")
        #expect(try folder.text("Go.csv") == registry.expectedList())
    }
}

extension TLSTests {
    /// Runs `body` against a TLS front of a small registry.
    private func withFront(
        misbehaving misbehaviour: Misbehaviour = .none, _ body: (GoService, TLSFront) async throws -> Void
    ) async throws {
        try await GoRegistry.small().serve(misbehaving: misbehaviour) { service in
            let front = try await TLSFront(to: service.server.port)
            async let serving = front.serve()
            try await body(service, front)
            try await front.stop()
            #expect(try await serving.status == 0)
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

    @Test("is verified whatever the environment and the files of the home folder say")
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

    @Test("is verified whatever options are given")
    func hasNoOption() async throws {
        let help = try await Tool.pkgmine.run(["help", "go"]).output.lowercased()
        for word in ["insecure", "verify", "no-check", "skip-tls"] { #expect(!help.contains(word)) }
        for option in ["--insecure", "-k", "--no-verify", "--no-check-certificate", "--skip-tls"] {
            #expect(try await Tool.pkgmine.run(["go", option]).status == 64)
        }
    }

    @Test("must have a certificate of its own name, also from an authority that is trusted")
    func refusesOtherName() async throws {
        try await withFront { service, front in
            let outcome = try await Tool.pkgmine.run(
                arguments("https://127.0.0.1:\(front.port)", try Scratch()) + ["--ca-file", front.authority])
            expectRefusal(outcome, "SSL")
            #expect(service.journal.requests == 0)
        }
    }

    @Test("is not left for plain http by a redirect")
    func refusesDowngrade() async throws {
        try await withFront(misbehaving: .always(.redirectToHTTP)) { _, front in
            let outcome = try await Tool.pkgmine.run(
                arguments("https://localhost:\(front.port)", try Scratch()) + ["--ca-file", front.authority])
            expectRefusal(outcome, "a redirect from https to http://")
        }
    }
}

/// A port that nobody has, below those that the system gives to clients.
private func freePort() -> Int {
    while true {
        let port = Int.random(in: 10_000..<30_000)
        let probe = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(probe) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let isFree = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(probe, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        if isFree { return port }
    }
}

/// nginx that speaks TLS and HTTP/2 in front of a loopback registry.
private final class TLSFront: Sendable {
    let port: Int
    private let folder: Scratch

    init(to backend: UInt16) async throws {
        folder = try Scratch()
        port = freePort()
        try await makeCertificates()
        try configuration(backend).write(
            to: folder.url.appending(path: "nginx.conf"), atomically: true, encoding: .utf8)
    }

    var authority: String { folder.path + "/authority.pem" }

    func log() throws -> String { try folder.text("access.log") }

    /// Serves until it is stopped.
    func serve() async throws -> Tool.Outcome { try await nginx([]) }

    func stop() async throws { try await nginx(["-s", "quit"]) }

    @discardableResult
    private func nginx(_ more: [String]) async throws -> Tool.Outcome {
        try await #require(Tool.machine("nginx"))
            .run(["-p", folder.path, "-c", folder.path + "/nginx.conf", "-e", folder.path + "/error.log"] + more)
    }

    private func makeCertificates() async throws {
        let openssl = try #require(Tool.machine("openssl"))
        let authority = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=A private authority", "-keyout", "authority.key", "-out", "authority.pem",
        ]
        let request = [
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=localhost",
            "-keyout", "server.key", "-out", "server.csr",
        ]
        let signing = [
            "x509", "-req", "-in", "server.csr", "-CA", "authority.pem", "-CAkey", "authority.key", "-CAcreateserial",
            "-days", "2", "-out", "server.pem", "-extfile", "names",
        ]
        try Data("subjectAltName=DNS:localhost".utf8).write(to: folder.url.appending(path: "names"))
        for step in [authority, request, signing] {
            let outcome = try await openssl.run(step, in: folder.url)
            try #require(outcome.status == 0, "\(outcome.errors)")
        }
    }

    private func configuration(_ backend: UInt16) -> String {
        """
        daemon off;
        worker_processes 1;
        pid nginx.pid;
        events { worker_connections 1024; }
        http {
            log_format protocol '$server_protocol';
            access_log access.log protocol;
            client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
            uwsgi_temp_path uwsgi; scgi_temp_path scgi;
            keepalive_requests 100000;
            upstream registry { server 127.0.0.1:\(backend); keepalive 64; }
            server {
                listen 127.0.0.1:\(port) ssl http2;
                ssl_certificate server.pem;
                ssl_certificate_key server.key;
                location / { proxy_pass http://registry; proxy_http_version 1.1; proxy_set_header Connection ""; }
            }
        }
        """
    }
}
