import MinerTestKit
import PackageMining
import Testing

@Suite("A fault", .timeLimit(.minutes(5)))
struct FaultTests {
    private static let lines = (0..<200).map { "{\"line\":\($0)}\n" }.joined()

    private func answer(
        under fault: Fault, _ headers: [String] = [], measures: FaultMeasures = FaultMeasures()
    ) async throws -> WireAnswer {
        var plan = Misbehaviour.always(fault)
        plan.measures = measures
        return try await LoopbackServer.run(misbehaving: plan) { _ in
            .json(Self.lines)
        } body: { server in
            let answer = try await ask(server.port, "/a?b=c", headers)
            #expect(server.journal.faults == [fault: 1])
            return answer
        }
    }

    @Test(
        "A fault of status is that status, complete",
        arguments: [
            (Fault.throttled, 429), (.throttledForSeconds, 429), (.throttledUntilDate, 429), (.throttledAbsurdly, 429),
            (.internalError, 500), (.badGateway, 502), (.unavailable, 503), (.gatewayTimeout, 504),
        ])
    func status(fault: Fault, status: Int) async throws {
        let answer = try await answer(under: fault)
        #expect(answer.status == status)
        #expect(answer.announcedLength == answer.body.count)
    }

    @Test("A fault of pace tells how long to wait, in each of the ways")
    func retryAfter() async throws {
        #expect(try await answer(under: .throttled).header("Retry-After") == nil)
        #expect(try await answer(under: .throttledForSeconds).header("Retry-After") == "1")
        #expect(try await answer(under: .throttledAbsurdly).header("Retry-After") == "999999999")
        let date = try #require(try await answer(under: .throttledUntilDate).header("Retry-After"))
        #expect(date.wholeMatch(of: /[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT/) != nil)
    }

    @Test("before the body resets without a byte")
    func resetBefore() async throws {
        let answer = try await answer(under: .resetBeforeBody)
        #expect(answer.bytes.isEmpty)
        #expect(answer.end == .reset)
    }

    @Test("inside the body resets behind the head")
    func resetInside() async throws {
        let answer = try await answer(under: .resetInsideBody)
        #expect(answer.end == .reset)
        #expect(answer.body.count < Self.lines.utf8.count)
    }

    @Test("A fault of a cut announces more than it sends")
    func cuts() async throws {
        let atEnd = try await answer(under: .cutAtLineEnd)
        #expect(atEnd.announcedLength == Self.lines.utf8.count)
        #expect(atEnd.body.count < Self.lines.utf8.count && atEnd.text.hasSuffix("}\n"))
        let inside = try await answer(under: .cutInsideLine)
        #expect(inside.announcedLength == Self.lines.utf8.count)
        #expect(inside.body.count < Self.lines.utf8.count && !inside.text.hasSuffix("\n"))
        let tooLarge = try await answer(under: .lengthTooLarge)
        #expect(tooLarge.announcedLength == Self.lines.utf8.count + 100)
        #expect(tooLarge.text == Self.lines)
    }

    @Test("A fault of a cut without a length ends inside a line")
    func unframed() async throws {
        let answer = try await answer(under: .cutUnframed)
        #expect(answer.announcedLength == nil)
        #expect(answer.header("Transfer-Encoding") == nil)
        #expect(Self.lines.hasPrefix(answer.text) && !answer.text.hasSuffix("\n"))
    }

    @Test("A fault of a cut between chunks sends no last chunk")
    func chunks() async throws {
        let answer = try await answer(under: .cutChunked)
        #expect(answer.header("Transfer-Encoding") == "chunked")
        #expect(!answer.text.hasSuffix("0\r\n\r\n"))
    }

    @Test("A fault in the gzip stream leaves a stream without its end")
    func gzip() async throws {
        let cut = try await answer(under: .cutInsideGzip, ["Accept-Encoding: gzip"])
        #expect(cut.header("Content-Encoding") == "gzip")
        #expect((cut.announcedLength ?? 0) > cut.body.count)
        #expect(!inflated(cut.body).isComplete)
        let short = try await answer(under: .shortGzip, ["Accept-Encoding: gzip"])
        #expect(short.announcedLength == short.body.count)
        #expect(!inflated(short.body).isComplete)
    }

    @Test("A fault that is silent is a complete answer")
    func silent() async throws {
        #expect(try await answer(under: .emptyBody).announcedLength == 0)
        let page = try await answer(under: .html)
        #expect(page.status == 200 && page.text.hasPrefix("<!DOCTYPE html>"))
        let short = try await answer(under: .shortPage)
        #expect(short.announcedLength == short.body.count)
        #expect(Self.lines.hasPrefix(short.text) && short.text.hasSuffix("\n") && short.text != Self.lines)
    }

    @Test("A fault of redirection leads to the same thing, in a circle, or out of the protocol")
    func redirects() async throws {
        #expect(try await answer(under: .redirect).header("Location") == "/-moved/a?b=c")
        #expect(try await answer(under: .redirectLoop).header("Location") == "/-loop/a?b=c")
        #expect(try await answer(under: .redirectToFile).header("Location") == "file:///etc/hosts")
        let location = try #require(try await answer(under: .redirectToHTTP).header("Location"))
        #expect(location.wholeMatch(of: /http:\/\/127\.0\.0\.1:\d+\/-moved\/a\?b=c/) != nil)
    }

    @Test("A fault of redirection is over behind the redirect, and a circle never is")
    func behindRedirects() async throws {
        try await LoopbackServer.run(misbehaving: .always(.redirect)) {
            .text(200, $0.target)
        } body: { server in
            let moved = try await ask(server.port, "/-moved/a?b=c")
            #expect(moved.text == "/a?b=c")
            let circle = try await ask(server.port, "/-loop/a")
            #expect(circle.status == 302 && circle.header("Location") == "/-loop/a")
        }
    }

    @Test("A fault that never answers holds the connection until the client goes, byte by byte or without any")
    func patience() async throws {
        for (fault, expected) in [(Fault.trickle, "HTTP"), (.silence, "")] {
            try await LoopbackServer.run(misbehaving: .always(fault)) { _ in
                .json(Self.lines)
            } body: { server in
                let client = try await WireClient(to: server.port)
                try await client.ask("/")
                await until { server.journal.inFlight == 1 }
                #expect(String(decoding: await client.receive(upTo: expected.count).bytes, as: UTF8.self) == expected)
                client.close()
                await until { server.journal.inFlight == 0 }
            }
        }
    }

    @Test("A fault of size goes on and on, in plain and in gzip")
    func size() async throws {
        var measures = FaultMeasures()
        measures.hugeMebibytes = 8
        #expect(try await answer(under: .hugeBody, measures: measures).body.count > 8 << 20)
        let bomb = try await answer(under: .gzipBomb, measures: measures)
        #expect(bomb.body.count < 64 << 10)
        let (count, _, isComplete) = inflated(bomb.body)
        #expect(count == 8 << 20 && isComplete)
    }

    @Test("A fault of refusal takes the host down for a while")
    func refused() async throws {
        var plan = Misbehaviour.once(.refused)
        plan.measures.outage = .seconds(3600)
        try await LoopbackServer.run(misbehaving: plan) { _ in
            .json(Self.lines)
        } body: { server in
            let refused = try await ask(server.port, "/")
            #expect(refused.bytes.isEmpty)
            await #expect(throws: (any Error).self) { try await WireClient(to: server.port) }
            try server.comeBack()
            let answered = try await ask(server.port, "/")
            #expect(answered.status == 200)
        }
    }
}
