import Foundation
import PackageMining
import RegistryHTTP
import Testing

@Suite("A recording")
struct RecordingTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("recording-\(UUID())")
    private let began = Date(timeIntervalSince1970: 1_700_000_000)

    private func remove() { try? FileManager.default.removeItem(at: folder) }

    @Test("A recording replays to the same answers, and to the last one beyond them")
    func replays() async throws {
        defer { remove() }
        let server = try ScriptedServer { request, number in
            if request.hasPrefix("GET /gone ") { return answer(410, [], Array("gone".utf8)) }
            return answer(200, ["Set-Cookie: secret=1"], number == 1 ? Array("é".utf8) : [0xFF, 0x00])
        }
        let live = try RecordingSession(quickSession(), in: folder, tool: "pkgmine 1.0", began: began)
        let secret = server.url.replacingOccurrences(of: "http://", with: "http://user:secret@")
        var answers: [Response] = []
        for path in ["/a", "/a", "/gone"] { answers.append(try await live.fetch(Request(secret + path)) { $0 }) }
        let replay = try ReplayingSession(folder)
        #expect(replay.began == began)
        for (path, kept) in zip(["/a", "/a", "/a", "/gone"], [answers[0], answers[1], answers[1], answers[2]]) {
            let again = try await replay.fetch(Request(server.url + path)) { $0 }
            #expect(again.status == kept.status && again.body == kept.body)
            #expect(again.header("Set-Cookie") == nil)
        }
        let lines = try String(contentsOf: folder.appendingPathComponent("exchanges.ndjson"), encoding: .utf8)
        #expect(!lines.contains("secret"))
    }

    @Test("A recording replays errors and downloads")
    func errorsAndDownloads() async throws {
        defer { remove() }
        let server = try ScriptedServer { request, _ in
            request.hasPrefix("GET /big ") ? answer(200, [], [1, 2, 3]) : answer(500)
        }
        let live = try RecordingSession(quickSession(), in: folder, tool: "pkgmine 1.0", began: began)
        _ = try await live.download(Request(server.url + "/big")) { _ in }
        _ = try await wireError { _ = try await live.text(server.url + "/bad") }
        let replay = try ReplayingSession(folder)
        _ = try await replay.download(Request(server.url + "/big")) { #expect($0 == [1, 2, 3]) }
        let error = try await wireError { _ = try await replay.text(server.url + "/bad") }
        #expect(error?.description == "unreachable: status 500 (6 attempts)")
    }

    @Test("A recording keeps the answer, and not the error, when read throws for good")
    func keepsRefusedAnswer() async throws {
        defer { remove() }
        let server = try ScriptedServer { _, _ in answer(404, [], Array("not here".utf8)) }
        let live = try RecordingSession(quickSession(), in: folder, tool: "pkgmine 1.0", began: began)
        let error = try await wireError { _ = try await live.fetch(Request(server.url)) { try $0.bodyOfSuccess() } }
        #expect(error?.category == .absent)
        #expect(try await ReplayingSession(folder).text(server.url) == "not here")
    }

    @Test("A recording may be written by hand, and says what it does not hold")
    func byHand() async throws {
        defer { remove() }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(#"{"format":1,"tool":"hand","began":"2026-01-31T12:00:00Z"}"#.utf8)
            .write(to: folder.appendingPathComponent("recording.json"))
        try Data((#"{"url":"https://example.org/a","status":200,"body":"text"}"# + "\n").utf8)
            .write(to: folder.appendingPathComponent("exchanges.ndjson"))
        let replay = try ReplayingSession(folder)
        #expect(try await replay.text("https://example.org/a") == "text")
        let error = try await wireError { _ = try await replay.text("https://example.org/b") }
        #expect(error?.category == .refused)
        #expect(error?.reason == "the recording in \(folder.path) does not hold https://example.org/b")
    }

    @Test("A recording drops a last line that was cut, and says so")
    func torn() async throws {
        defer { remove() }
        _ = try RecordingSession(quickSession(), in: folder, tool: "pkgmine 1.0", began: began)
        try Data(#"{"url":"https://exam"#.utf8).write(to: folder.appendingPathComponent("exchanges.ndjson"))
        let again = try RecordingSession(quickSession(), in: folder, tool: "pkgmine 1.0", began: Date())
        #expect(again.notice == "dropped a last line of 20 bytes that was not written to its end")
        #expect(again.began == began)
    }

    @Test("A recording may end without a line end, and is gone on with behind it")
    func withoutLastLineEnd() async throws {
        defer { remove() }
        _ = try RecordingSession(quickSession(), in: folder, tool: "pkgmine 1.0", began: began)
        let exchanges = folder.appendingPathComponent("exchanges.ndjson")
        try Data(
            #"{"url":"https://a.example/","body":"first"}\n{"url":"https://a.example/","body":"last"}"#
                .replacing("\\n", with: "\n").utf8
        ).write(to: exchanges)
        let replay = try ReplayingSession(folder)
        #expect(replay.notice == nil)
        #expect(try await replay.text("https://a.example/") == "first")
        #expect(try await replay.text("https://a.example/") == "last")
        let server = try ScriptedServer { _, _ in answer(200, [], Array("new".utf8)) }
        let live = try RecordingSession(quickSession(), in: folder, tool: "pkgmine 1.0", began: began)
        #expect(live.notice == nil)
        _ = try await live.text(server.url)
        let again = try ReplayingSession(folder)
        for body in ["first", "last"] { #expect(try await again.text("https://a.example/") == body) }
        #expect(try await again.text(server.url) == "new")
    }

    @Test("with a torn last line replays without it, and says so")
    func replaysTorn() async throws {
        defer { remove() }
        _ = try RecordingSession(quickSession(), in: folder, tool: "pkgmine 1.0", began: began)
        let whole = #"{"url":"https://a.example/","body":"x"}"#
        for length in 1..<whole.utf8.count {
            try Data((whole + "\n" + whole.prefix(length)).utf8)
                .write(to: folder.appendingPathComponent("exchanges.ndjson"))
            let replay = try ReplayingSession(folder)
            #expect(replay.notice == "dropped a last line of \(length) bytes that was not written to its end")
            #expect(try await replay.text("https://a.example/") == "x")
        }
    }

    @Test("A recording is its owner's alone")
    func modes() async throws {
        defer { remove() }
        let server = try ScriptedServer { _, _ in answer(200, [], [1]) }
        let live = try RecordingSession(quickSession(), in: folder, tool: "pkgmine 1.0", began: began)
        _ = try await live.download(Request(server.url)) { _ in }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names == ["download-000001.bin", "exchanges.ndjson", "recording.json"])
        for name in names + [""] {
            let facts = try FileManager.default.attributesOfItem(atPath: folder.appendingPathComponent(name).path)
            #expect((facts[.posixPermissions] as? Int ?? 0) & 0o777 == (name.isEmpty ? 0o700 : 0o600), "\(name)")
        }
    }
}
