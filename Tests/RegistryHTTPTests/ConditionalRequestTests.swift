import Foundation
import PackageMining
import RegistryHTTP
import Synchronization
import Testing

@Suite("A request for what is known already")
struct ConditionalRequestTests {
    private static let date = "Wed, 21 Oct 2015 07:28:00 GMT"

    private func validators(_ fields: [Header]) -> Validators? {
        Validators(of: Response(status: 200, url: "http://a.example/", headers: fields))
    }

    private func asking(_ url: String, _ fields: Header...) -> Request {
        var request = Request(url)
        request.known = validators(fields)
        return request
    }

    /// The field of a request, as it went over the wire.
    private func condition(of request: String) -> [String] {
        request.split(separator: "\r\n").filter { $0.hasPrefix("If-") }.map(String.init)
    }

    @Test(
        "A request for what is known already names the tag as it was given, or the time where there is no tag that is one",
        arguments: [
            ([Header("ETag", "\"a\"")], "If-None-Match: \"a\""),
            ([Header("etag", "W/\"a b\""), Header("Last-Modified", date)], "If-Modified-Since: \(date)"),
            ([Header("etag", "W/\"é/+\""), Header("Last-Modified", date)], "If-None-Match: W/\"é/+\""),
            ([Header("ETag", "*"), Header("last-modified", "2015-10-21")], "If-Modified-Since: 2015-10-21"),
            ([Header("ETag", "\"a\", \"b\""), Header("last-modified", date)], "If-Modified-Since: \(date)"),
            ([Header("ETag", "\""), Header("last-modified", date)], "If-Modified-Since: \(date)"),
            ([Header("ETag", "unquoted"), Header("Last-Modified", "")], nil), ([Header("Age", "1")], nil),
        ])
    func fields(_ told: [Header], expected: String?) async throws {
        let server = try ScriptedServer { _, _ in answer(304) }
        var request = Request(server.url)
        request.known = validators(told)
        #expect((request.known == nil) == (expected == nil))
        guard let expected else { return }
        #expect(try await quickSession().fetch(request) { $0.isNotModified })
        #expect(server.requests.map(condition) == [[expected]])
    }

    @Test("A request for what is known already survives the cursor that it is kept in")
    func codable() throws {
        let known = try #require(validators([Header("ETag", "W/\"a\""), Header("Last-Modified", Self.date)]))
        #expect(try JSONDecoder().decode(Validators.self, from: JSONEncoder().encode(known)) == known)
    }

    @Test(
        "A request for what is known already is answered by 304, whatever that says of the body that it does not send")
    func notModified() async throws {
        let server = try ScriptedServer { _, _ in
            answer(304, ["ETag: \"a\"", "Content-Length: 99999999", "Content-Encoding: unheard-of"])
        }
        let request = asking(server.url, Header("ETag", "\"a\""))
        let reply = try await quickSession().fetch(request) { $0 }
        #expect(reply.isNotModified && reply.body.isEmpty && reply.header("ETag") == "\"a\"")
        let file = try await quickSession().download(request) { _ in Issue.record("no byte was sent") }
        #expect(file.isNotModified && file.body.isEmpty)
        #expect(server.requests.count == 2)
    }

    @Test("A request for what is known already asks so behind redirects, and again behind a failure")
    func redirectsAndRetries() async throws {
        let server = try ScriptedServer { request, number in
            if number == 1 { return answer(503) }
            return request.hasPrefix("GET /there ") ? answer(304) : answer(302, ["Location: /there"])
        }
        let request = asking(server.url, Header("ETag", "\"a\""))
        #expect(try await quickSession().fetch(request) { $0.isNotModified })
        #expect(try await quickSession().download(request) { _ in }.isNotModified)
        #expect(server.requests.map(condition) == Array(repeating: ["If-None-Match: \"a\""], count: 5))
    }

    @Test("A request for what is known already that knows nothing takes no 304 for an answer: it is tried again")
    func unasked() async throws {
        let server = try ScriptedServer { _, number in number % 2 == 1 ? answer(304) : answer(200, [], [1]) }
        #expect(try await quickSession().fetch(Request(server.url)) { $0.status } == 200)
        #expect(try await quickSession().download(Request(server.url)) { _ in }.status == 200)
        let stubborn = try ScriptedServer { _, _ in answer(304) }
        let session = try quickSession()
        let error = try await wireError { _ = try await session.fetch(Request(stubborn.url)) { $0 } }
        #expect(error?.description == "malformed: unexpected status 304 (6 attempts)")
        #expect(error?.status == 304)
    }

    @Test("A request for what is known already whose reader wants a body has that not taken for one")
    func wantsBody() async throws {
        let server = try ScriptedServer { _, _ in answer(304) }
        let request = asking(server.url, Header("ETag", "\"a\""))
        let session = try quickSession()
        let error = try await wireError { _ = try await session.fetch(request) { try $0.bodyOfSuccess() } }
        #expect(error?.description == "malformed: unexpected status 304 (6 attempts)")
    }

    @Test(
        "A request for what is known already of a file that breaks off goes on with the new file by range, on no other condition"
    )
    func resumed() async throws {
        let server = try ScriptedServer { request, number in
            number == 1
                ? answer(200, ["ETag: \"b\"", "Content-Length: 4"], [1, 2])
                : answer(206, ["ETag: \"b\"", "Content-Range: bytes 2-3/4"], [3, 4])
        }
        let taken = Mutex<[UInt8]>([])
        let request = asking(server.url, Header("ETag", "\"a\""))
        let last = try await quickSession().download(request) { chunk in taken.withLock { $0 += chunk } }
        #expect(taken.withLock(\.self) == [1, 2, 3, 4])
        #expect(Validators(of: last) == validators([Header("ETag", "\"b\"")]))
        #expect(server.requests.map(condition) == [["If-None-Match: \"a\""], ["If-Range: \"b\""]])
    }

    @Test("A request for what is known already from within a file asks for the rest of the file that is known")
    func fromWithin() async throws {
        let server = try ScriptedServer { _, number in
            number == 1
                ? answer(206, ["ETag: \"a\"", "Content-Range: bytes 2-3/4"], [3, 4])
                : answer(200, ["ETag: \"b\""], [9, 9, 9, 9])
        }
        var request = asking(server.url, Header("ETag", "\"a\""))
        request.offset = 2
        let taken = Mutex<[UInt8]>([])
        let take = { @Sendable (chunk: [UInt8]) in taken.withLock { $0 += chunk } }
        _ = try await quickSession().download(request, receive: take)
        let session = try quickSession()
        let again = request
        let error = try await wireError { _ = try await session.download(again, receive: take) }
        #expect(error?.reason == "the file has changed while being read")
        #expect(taken.withLock(\.self) == [3, 4])
        #expect(server.requests.map(condition) == [["If-Range: \"a\""], ["If-Range: \"a\""]])
    }

    @Test("A request for what is known already is recorded with its 304, and replayed to whoever knows as much")
    func recorded() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("recording-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try ScriptedServer { _, _ in answer(304, ["ETag: \"a\""]) }
        let request = asking(server.url, Header("ETag", "\"a\""))
        let live = try RecordingSession(quickSession(), in: folder, tool: "pkgmine 1.0", began: Date())
        let replay: () throws -> ReplayingSession = { try ReplayingSession(folder) }
        #expect(try await live.fetch(request) { $0.isNotModified })
        #expect(try await live.download(request) { _ in Issue.record("no byte was sent") }.isNotModified)
        let session = try replay()
        #expect(try await session.fetch(request) { $0.isNotModified })
        #expect(try await session.download(request) { _ in Issue.record("no byte was kept") }.isNotModified)
        let error = try await wireError { _ = try await replay().fetch(Request(server.url)) { $0 } }
        #expect(error?.description == "refused: the recording says 304, and nothing is known")
    }
}
