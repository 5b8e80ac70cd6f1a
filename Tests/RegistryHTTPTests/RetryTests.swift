import Foundation
import PackageMining
import RegistryHTTP
import Synchronization
import Testing

@Suite("Failed attempts")
struct RetryTests {
    @Test("Failed attempts are repeated", arguments: [429, 503, 408, 425, 500, 502, 504])
    func repeated(status: Int) async throws {
        let server = try ScriptedServer { _, number in
            number < 3 ? answer(status) : answer(200, [], Array("ok".utf8))
        }
        let session = try quickSession()
        #expect(try await session.text(server.url) == "ok")
        #expect(server.requests.count == 3)
    }

    @Test("Failed attempts end with an error that tells attempts, status and reason")
    func exhausted() async throws {
        let server = try ScriptedServer { _, _ in answer(500) }
        let session = try quickSession()
        let error = try await wireError { _ = try await session.text(server.url) }
        #expect(error?.category == .unreachable)
        #expect(error?.status == 500)
        #expect(error?.attempts == 6)
        #expect(error?.description == "unreachable: status 500 (6 attempts)")
        #expect(server.requests.count == 6)
    }

    @Test("Failed attempts of twenty packages that answer 500 for ever stay within the budget of each")
    func twenty() async throws {
        let server = try ScriptedServer { _, _ in answer(500) }
        let session = try quickSession()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask {
                    await #expect(throws: WireError.self) { try await session.text("\(server.url)/\(number)") }
                }
            }
        }
        #expect(server.requests.count == 120)
    }

    @Test("Failed attempts are those too whose answer cannot be what was asked for; other errors pass at once")
    func unreadable() async throws {
        let server = try ScriptedServer { _, number in answer(200, [], Array("\(number)".utf8)) }
        let session = try quickSession()
        let number = try await session.fetch(Request(server.url)) { response in
            let number = Int(String(decoding: response.body, as: UTF8.self)) ?? 0
            if number < 3 { throw WireError(.malformed, url: response.url, "too early") }
            return number
        }
        #expect(number == 3)
        await #expect(throws: CocoaError.self) {
            try await session.fetch(Request(server.url)) { _ in throw CocoaError(.coderInvalidValue) }
        }
        #expect(server.requests.count == 4)
    }

    @Test("other statuses are answers", arguments: [200, 204, 400, 403, 404, 410, 451])
    func answers(status: Int) async throws {
        let server = try ScriptedServer { _, _ in answer(status) }
        #expect(try await quickSession().fetch(Request(server.url)) { $0.status } == status)
    }

    @Test("Failed attempts of a host that is down are not waited out where another host is asked in its place")
    func substituted() async throws {
        let jumped = Mutex(0.0)
        let down = try DownPort()
        let url = down.url
        let session = try quickSession { configuration in
            let pause = configuration.time.pause
            configuration.time.pause = { seconds in
                jumped.withLock { $0 += seconds }
                return pause(seconds)
            }
        }
        for number in 1...20 {
            var request = Request("\(url)/\(number)")
            request.hasSubstitute = true
            let error = try await wireError { _ = try await session.fetch(request) { $0.status } }
            #expect(error?.category == .unreachable)
        }
        // Four attempts of the first, which open the breaker, and a probe now and then.
        #expect(jumped.withLock { $0 } < 60)
    }

    @Test("Failed attempts that ask for more than 15 minutes end the request")
    func absurd() async throws {
        let server = try ScriptedServer { _, _ in answer(429, ["Retry-After: 86400"]) }
        let session = try quickSession()
        let error = try await wireError { _ = try await session.text(server.url) }
        #expect(error?.category == .throttled)
        #expect(error?.reason == "status 429, and asks to wait 86400 s")
        #expect(server.requests.count == 1)
    }

    @Test("Failed attempts whose Retry-After is garbage are repeated by the usual back-off")
    func garbage() async throws {
        let server = try ScriptedServer { _, number in
            number == 1 ? answer(429, ["Retry-After: -5 soon"]) : answer(200, [], Array("ok".utf8))
        }
        #expect(try await quickSession().text(server.url) == "ok")
    }

    @Test("Failed attempts stop when the task is cancelled", .timeLimit(.minutes(5)))
    func cancelled() async throws {
        let (asked, tell) = AsyncStream<Void>.makeStream()
        let server = try ScriptedServer { _, _ in
            tell.yield()
            return nil
        }
        let session = try quickSession()
        let task = Task { try await session.text(server.url) }
        for await _ in asked { break }
        task.cancel()
        let error = try await wireError { _ = try await task.value }
        #expect(error?.category == .cancelled)
    }

    @Test("Failed attempts that are cancelled before they are sent end at once", .timeLimit(.minutes(5)))
    func cancelledEarly() async throws {
        let server = try ScriptedServer { _, _ in answer(200, [], Array("ok".utf8)) }
        let session = try quickSession()
        let transfer = Transfer(Order(url: server.url, headers: [], bodyLimit: 10))
        session.mailbox.cancel(transfer)
        // The loop has seen the cancellation when it has served another request.
        #expect(try await session.text(server.url) == "ok")
        guard case .failed(let error) = await session.send(transfer).result else {
            Issue.record("it was answered")
            return
        }
        #expect(error.category == .cancelled)
        #expect(server.requests.count == 1)
    }

    @Test(
        "Failed attempts are given up at their deadline by the session's own clock, and repeated",
        .timeLimit(.minutes(5)))
    func overdue() async throws {
        let server = try ScriptedServer { _, number in number == 1 ? nil : answer(200, [], Array("ok".utf8)) }
        let hasJumped = Mutex(false)
        let time = JumpingClock()
        let session = try quickSession {
            $0.time.now = { time.now() }
            $0.time.pause = { time.jump($0) }
            $0.time.listen = { seconds, ports in
                let mayJump = server.requests.count == 1 && !ports().contains(0)
                let isFirst =
                    mayJump
                    && hasJumped.withLock { hasJumped in
                        defer { hasJumped = true }
                        return !hasJumped
                    }
                return isFirst ? time.jump(seconds) : 0.001
            }
        }
        #expect(try await session.text(server.url) == "ok")
        #expect(server.requests.count == 2)
        #expect(session.activity().retries == 1)
    }

    @Test("an outage costs no request, and one without end fails in bounded time")
    func outage() async throws {
        let server = try ScriptedServer { _, number in number <= 9 ? [] : answer(200, [], Array("back".utf8)) }
        #expect(try await quickSession().text(server.url) == "back")
        let dead = try ScriptedServer { _, _ in [] }
        let session = try quickSession()
        let error = try await wireError { _ = try await session.text(dead.url) }
        #expect(error?.category == .unreachable)
        let reason = try #require(error?.reason)
        #expect(reason.hasPrefix("\(dead.url) has given no usable answer for 10 min, the last time: "))
    }
}

@Suite("Retry-After")
struct RetryAfterTests {
    private let now = Date(timeIntervalSince1970: 784_111_747)  // 30 s before the example of RFC 9110

    @Test(
        "Retry-After is read as seconds and in all three forms of a date",
        arguments: [
            ("120", 120), ("0", 0), ("Sun, 06 Nov 1994 08:49:37 GMT", 30), ("Sunday, 06-Nov-94 08:49:37 GMT", 30),
            ("Sun Nov  6 08:49:37 1994", 30), ("Sun, 06 Nov 1994 08:00:00 GMT", 0),
        ])
    func forms(value: String, seconds: Double) {
        #expect(secondsToWait(retryAfter: value, now: now) == seconds)
    }

    @Test(
        "Retry-After is ignored when it is neither",
        arguments: ["", "-1", "soon", "1.5", "99 bottles", "Sun, 99 Nov 1994"])
    func garbage(value: String) {
        #expect(secondsToWait(retryAfter: value, now: now) == nil)
    }
}
