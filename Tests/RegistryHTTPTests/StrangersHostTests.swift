import MachineTools
import PackageMining
import RegistryHTTP
import Synchronization
import TLSFront
import Testing

@Suite("A host that nobody has named")
struct StrangersHostTests {
    private static func request(_ url: String, isPage: Bool = false, mayBePrivate: Bool = true) -> Request {
        var request = Request(url, bodyLimit: 1 << 16)
        request.stranger = StrangersHost(mayBePrivate: mayBePrivate)
        request.isWebPage = isPage
        return request
    }

    private static let locations = """
        location = /missing { return 404 "<meta>"; }
        location = /broken { return 503 "<meta>"; }
        location = /insecure { return 302 "http://v.test/"; }
        location = /end { return 200 "there"; }
        location /endless { proxy_pass http://registry; proxy_buffering off; }
        \((1...10).map { "location = /\($0) { return 302 /\($0 == 1 ? "end" : "\($0 - 1)"); }" }.joined(separator: "\n"))
        """

    /// A session to which `v.test` is a server of this machine.
    private func withHost(upstream: UInt16 = 9, _ body: (CurlSession, _ url: String, TLSFront) async throws -> Void)
        async throws
    {
        let front = try TLSFront(name: "DNS:v.test", answering: Self.locations, upstream: upstream)
        defer { front.stop() }
        let session = try quickSession {
            $0.caFile = front.authority
            $0.resolved = ["v.test:\(front.port):127.0.0.1"]
        }
        try await body(session, "https://v.test:\(front.port)", front)
    }

    @Test(
        "A host that nobody has named is not asked where it lies in a private network, whatever its name, on no connection",
        .enabled(if: TLSFront.isThere, "needs nginx and openssl"))
    func staysPublic() async throws {
        try await withHost { session, url, front in
            for hasConnection in [false, true] {
                if hasConnection { _ = try await session.text("\(url)/end") }
                let error = try await wireError {
                    _ = try await session.fetch(Self.request("\(url)/end", mayBePrivate: false)) { $0.status }
                }
                #expect(error?.category == .refused)
                #expect(error?.reason == "\(url) leads to 127.0.0.1, which is no address of the public network")
            }
            front.stop()
            #expect(try front.log().split(separator: "\n").count == 1)
        }
    }

    @Test("A host that nobody has named is not asked by a name that means this machine, nor by http")
    func isRefused() async throws {
        let session = try quickSession()
        for (url, reason) in [
            ("https://localhost:1/", "127.0.0.1 is no address of the public network"),
            ("https://[::ffff:10.0.0.1]/", "::ffff:10.0.0.1 is no address of the public network"),
            ("http://v.test/", "it is no https address"),
        ] {
            let error = try await wireError {
                _ = try await session.fetch(Self.request(url, mayBePrivate: false)) { $0.status }
            }
            #expect(error?.category == .refused)
            #expect(error?.reason == reason)
        }
        #expect(session.activity().requests == 0)
    }

    @Test(
        "A host that nobody has named is followed over nine redirects, and never to http",
        .enabled(if: TLSFront.isThere, "needs nginx and openssl"))
    func followsNine() async throws {
        try await withHost { session, url, _ in
            #expect(try await session.fetch(Self.request("\(url)/9")) { $0.url } == "\(url)/end")
            for (path, reason) in [
                ("10", "more than 9 redirects"), ("insecure", "a redirect from https to http://v.test/"),
            ] {
                let error = try await wireError {
                    _ = try await session.fetch(Self.request("\(url)/\(path)")) { $0.url }
                }
                #expect(error?.category == .refused)
                #expect(error?.reason == reason)
            }
        }
    }

    @Test(
        "A page of the web is taken whatever its status, and up to its limit where it never ends",
        .enabled(if: TLSFront.isThere, "needs nginx and openssl"))
    func takesPage() async throws {
        let endless = try Fountain(mebibytes: 1_024)
        try await withHost(upstream: endless.port) { session, url, _ in
            for (path, status) in [("missing", 404), ("broken", 503)] {
                let answer = try await session.fetch(Self.request("\(url)/\(path)", isPage: true)) { $0 }
                #expect(answer.status == status)
                #expect(answer.body == Array("<meta>".utf8))
                #expect(!answer.isCut)
            }
            let cut = try await session.fetch(Self.request("\(url)/endless", isPage: true)) { $0 }
            #expect(cut.isCut)
            #expect(cut.body.count == 1 << 16)
        }
    }

    @Test("A host that nobody has named is asked for one thing at a time")
    func asksOneAtATime() {
        var gate = HostGate("v.test", in: HostBounds(concurrency: 16), outageLimit: 600, isStrangers: true)
        let order = Order(url: "https://v.test/", headers: [], bodyLimit: 1)
        for _ in 0..<3 { gate.enqueue(Transfer(order)) }
        for _ in 0..<3 {
            let first = gate.launch(at: 0)
            #expect(first != nil)
            #expect(gate.launch(at: 0) == nil)
            if let first { _ = gate.ended(first, as: .success, retryAfter: nil, at: 0) }
        }
    }

    @Test("A host that nobody has named is tried twice, and others that wait for it fail with it")
    func givesUp() async throws {
        let asked = Count()
        let session = try quickSession {
            $0.resolved = ["v.test:9:127.0.0.1"]
            // Until all are asked for, no time passes: what came later would be tried anew.
            let jump = $0.time.pause
            $0.time.pause = { asked.soFar < 50 ? 0.001 : jump($0) }
        }
        let errors = await withTaskGroup(of: WireError?.self) { group in
            for number in 0..<50 {
                group.addTask {
                    asked.add()
                    do {
                        _ = try await session.fetch(Self.request("https://v.test:9/\(number)")) { $0.status }
                        return nil
                    } catch { return error as? WireError }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(errors.count { $0?.category == .unreachable } == 50)
        #expect(session.activity().requests < 10)
        #expect(session.activity().pausedHosts.isEmpty)
    }
}

private final class Count: Sendable {
    private let count = Mutex(0)

    var soFar: Int { count.withLock { $0 } }
    func add() { count.withLock { $0 += 1 } }
}
