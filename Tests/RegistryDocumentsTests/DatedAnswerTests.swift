import Foundation
import MinerHarness
import PackageMining
import RegistryDocuments
import Testing

@Suite("Documents that must be of a time")
struct DatedAnswerTests {
    private let url = "http://d.test/a"
    private let session = StubSession()
    /// Tue, 14 Nov 2023 22:13:20 GMT
    private let time = Date(timeIntervalSince1970: 1_700_000_000)

    private func serve(_ text: String, _ modified: String?) {
        session.set(url, Array(text.utf8), headers: modified.map { [Header("Last-Modified", $0)] } ?? [])
    }

    private func ask(known: Validators? = nil, of time: Date?) async throws -> [String?] {
        var request = Request(url)
        request.known = known
        let answer = try await session.fetch(request, ofTime: time) { response in
            response.isNotModified ? "not modified" : String(decoding: response.body, as: UTF8.self)
        }
        return [answer.content, answer.lag]
    }

    @Test(
        "one of that second or later, one that says no time, and any where none is wanted, is taken at once",
        arguments: ["Tue, 14 Nov 2023 22:13:20 GMT", "Tuesday, 14-Nov-23 22:13:21 GMT", "yesterday", nil])
    func inTime(modified: String?) async throws {
        serve("new", modified)
        #expect(try await ask(of: time) == ["new", nil])
        serve("old", "Tue, 14 Nov 2023 22:13:19 GMT")
        #expect(try await ask(of: nil) == ["old", nil])
        #expect(session.failures == [0, 0])
    }

    @Test("an older one is asked for again with the session's waits, three times in all, and is told to lag")
    func lags() async throws {
        serve("old", "Tue, 14 Nov 2023 22:13:19 GMT")
        let lag = "http://d.test/a is of Tue, 14 Nov 2023 22:13:19 GMT, before its last change"
        #expect(try await ask(of: time) == ["old", lag])
        #expect(session.failures == [0, 1, 2])
        let known = Validators(of: session.response(at: url))
        #expect(try await ask(known: known, of: time) == ["not modified", lag])
    }

    @Test("one that has come meanwhile is taken")
    func comes() async throws {
        let old = [Header("Last-Modified", "Tue, 14 Nov 2023 22:13:19 GMT")]
        session.set(url, Array("old".utf8), headers: old)
        let asked = StubSession { [session, url] request in
            if request.failures == 1 { session.set(url, Array("new".utf8)) }
            return try await session.answer(to: request)
        }
        let answer = try await asked.fetch(Request(url), ofTime: time) { String(decoding: $0.body, as: UTF8.self) }
        #expect(answer.content == "new" && answer.lag == nil)
        #expect(asked.failures == [0, 1])
    }
}
