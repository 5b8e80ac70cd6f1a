import PackageMining
import RegistryHTTP
import Synchronization
import Testing

@Suite("Files read while they are downloaded")
struct FileReaderTests {
    /// Holds the file's bytes, which have to begin with `good` and to end with `end`.
    private actor Words: FileReader {
        private var bytes: [UInt8] = []

        func take(_ chunk: [UInt8]) throws {
            bytes += chunk
            guard bytes.starts(with: "good".utf8) else { throw refusal("bad") }
        }

        func finish() throws -> String {
            let text = String(decoding: bytes, as: UTF8.self)
            guard text.hasSuffix("end") else { throw refusal("cut") }
            return text
        }

        private func refusal(_ reason: String) -> WireError { WireError(.malformed, url: "", reason, status: 200) }
    }

    @Test("one that is not what was asked for is asked for anew, and read by a new reader from its beginning")
    func refused() async throws {
        let bodies = ["<html>", "", "good but", "good end"]
        let server = try ScriptedServer { _, number in answer(200, [], Array(bodies[number - 1].utf8)) }
        #expect(try await quickSession().download(Request(server.url)) { Words() } == "good end")
        #expect(server.requests.count == 4)
        #expect(!server.requests.contains { $0.contains("Range:") })
    }

    @Test("one that breaks off at a server that cannot send the rest is read from its beginning")
    func broken() async throws {
        let file = Array("good".utf8) + [UInt8](repeating: 32, count: 3_000_000) + Array("end".utf8)
        let server = try ScriptedServer { _, number in
            answer(200, ["Content-Length: \(file.count)"], number == 1 ? Array(file[..<2_000_000]) : file)
        }
        let text = try await quickSession().download(Request(server.url)) { Words() }
        #expect(Array(text.utf8) == file)
    }

    @Test("one that never is what was asked for is asked for six times")
    func never() async throws {
        let server = try ScriptedServer { _, _ in answer(200, [], Array("bad".utf8)) }
        let session = try quickSession()
        let error = try await wireError { _ = try await session.download(Request(server.url)) { Words() } }
        #expect(error?.description == "malformed: bad (6 attempts)")
        #expect(server.requests.count == 6)
    }

    @Test("an answer that is no file is the error of its status")
    func absent() async throws {
        let server = try ScriptedServer { _, _ in answer(404) }
        let session = try quickSession()
        let error = try await wireError { _ = try await session.download(Request(server.url)) { Words() } }
        #expect(error?.category == .absent)
        #expect(server.requests.count == 1)
    }
}
