import Foundation
import PackageMining
import RegistryHTTP
import Synchronization
import Testing

/// The waits for bytes are curl's own and pass in real time; no test says how long they took.
@Suite("A server that takes its time", .timeLimit(.minutes(3)))
struct TimeoutTests {
    private let whole = answer(200, [], Array("whole".utf8))

    @Test("A server that takes its time in the middle of a body is left when no byte comes, and asked again")
    func stall() async throws {
        let half = answer(200, ["Content-Length: 10"], Array("half".utf8))
        let server = try ScriptedServer(
            { _, number in number == 1 ? half : whole }, ending: { $0 == 1 ? .held : .closed })
        let session = try quickSession { $0.stallTimeout = .seconds(1) }
        #expect(try await session.text(server.url) == "whole")
        #expect(server.requests.count == 2)
    }

    @Test(
        "A server that takes its time in the middle of a download is left when no byte comes, and the rest is asked for"
    )
    func stalledDownload() async throws {
        let file = Array("0123456789".utf8)
        let server = try ScriptedServer(
            { _, number in
                number == 1
                    ? answer(200, ["ETag: \"a\"", "Content-Length: 10"], Array(file[..<4]))
                    : answer(206, ["ETag: \"a\"", "Content-Range: bytes 4-9/10"], Array(file[4...]))
            }, ending: { $0 == 1 ? .held : .closed })
        let taken = Mutex<[UInt8]>([])
        let session = try quickSession { $0.stallTimeout = .seconds(1) }
        _ = try await session.download(Request(server.url)) { chunk in taken.withLock { $0 += chunk } }
        #expect(taken.withLock { $0 } == file)
        #expect(server.requests[1].contains("Range: bytes=4-"))
    }

    @Test("for a whole answer is left after the time for an attempt, as often as a request is tried")
    func attempt() async throws {
        let server = try ScriptedServer { _, _ in nil }
        let session = try quickSession {
            $0.attemptTimeout = .milliseconds(100)
            $0.attempts = 3
        }
        let error = try await wireError { _ = try await session.text(server.url) }
        #expect(error?.category == .unreachable)
        #expect(error?.attempts == 3)
        #expect(error?.reason == "no complete answer within 0.1 s")
        #expect(server.requests.count == 3)
    }

    @Test("A server that takes its time to take a connection is left after the time for one")
    func connect() async throws {
        // Connections that nobody takes fill the queue of the listener; the next one gets no answer.
        let (listener, port) = try listeningSocket(backlog: 0)
        defer { close(listener) }
        let waiting = (0..<4).map { _ in connectingSocket(to: port) }
        defer { waiting.forEach { close($0) } }
        let session = try quickSession {
            $0.connectTimeout = .milliseconds(200)
            $0.attempts = 2
        }
        let error = try await wireError { _ = try await session.text("http://127.0.0.1:\(port)/") }
        #expect(error?.category == .unreachable)
        #expect(error?.attempts == 2)
        #expect(error?.reason.lowercased().contains(/time(d )?out/) == true, "\(error?.reason ?? "")")
    }

    @Test("A server that takes its time and resets the connection is asked again", arguments: [0, 30, 60])
    func reset(bytes: Int) async throws {
        let sent = Array(answer(200, ["Content-Length: 1000"], Array(repeating: 1, count: 10)).prefix(bytes))
        let server = try ScriptedServer(
            { _, number in number < 3 ? sent : whole }, ending: { $0 < 3 ? .reset : .closed })
        #expect(try await quickSession().text(server.url) == "whole")
        #expect(server.requests.count == 3)
    }

    @Test(
        "A server that takes its time is shown as it is: what is in flight, what was sent again, what came, and who is left alone"
    )
    func activity() async throws {
        let session = Mutex<CurlSession?>(nil)
        let seen = Mutex<(inFlight: [Int], paused: Set<[String]>)>(([], []))
        let server = try ScriptedServer { _, number in
            // Asked from within: the request is on the wire until this returns.
            while session.withLock({ $0?.activity().inFlight }) != 1 { sched_yield() }
            seen.withLock { $0.inFlight.append(1) }
            return number == 1 ? answer(429, ["Retry-After: 20"], [1, 2]) : answer(200, [], [1, 2, 3])
        }
        let live = try quickSession { configuration in
            let time = configuration.time
            configuration.time.pause = { seconds in
                let paused = session.withLock { $0?.activity().pausedHosts ?? [] }
                seen.withLock { _ = $0.paused.insert(paused) }
                return time.pause(seconds)
            }
        }
        session.withLock { $0 = live }
        defer { session.withLock { $0 = nil } }
        _ = try await live.fetch(Request(server.url)) { $0.body }
        var expected = SessionActivity()
        expected.requests = 2
        expected.retries = 1
        expected.receivedBytes = 5
        while live.activity().inFlight > 0 { await Task.yield() }
        #expect(live.activity() == expected)
        #expect(seen.withLock { $0.inFlight } == [1, 1])
        #expect(seen.withLock { $0.paused.contains(["\(server.url): status 429"]) })
    }
}

@Suite("A port that speaks plain http")
struct PlainPortTests {
    @Test("asked over https is refused at once, and not waited for as in an outage")
    func isRefused() async throws {
        let (listener, port) = try listeningSocket(backlog: 8)
        let server = Thread {
            while true {
                let connection = accept(listener, nil, nil)
                if connection < 0 { return }
                // Closed with something unread, the connection would be reset, and the answer could be lost.
                var greeting = [UInt8](repeating: 0, count: 4_096)
                recv(connection, &greeting, greeting.count, 0)
                let answer = Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)
                send(connection, answer, answer.count, Int32(MSG_NOSIGNAL))
                close(connection)
            }
        }
        server.start()
        defer {
            shutdown(listener, Int32(SHUT_RDWR))
            close(listener)
        }
        let session = try quickSession()
        let error = try await wireError { _ = try await session.text("https://127.0.0.1:\(port)/") }
        #expect(error?.category == .refused)
        #expect(error?.attempts == 1)
        #expect(error?.reason.hasSuffix("is http:// meant?") == true, "\(error?.reason ?? "")")
    }
}

/// A socket that listens on a port of the system's choice.
func listeningSocket(backlog: Int32) throws -> (socket: Int32, port: UInt16) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = loopback(0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { place in
            bind(listener, place, size) == 0 && listen(listener, backlog) == 0
                && getsockname(listener, place, &size) == 0
        }
    }
    guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
    return (listener, UInt16(bigEndian: address.sin_port))
}

/// A socket that is connecting, without waiting for it.
private func connectingSocket(to port: UInt16) -> Int32 {
    let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
    var address = loopback(port)
    withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            _ = connect(client, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
    return client
}

private func loopback(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
}
