import PackageMining
import RegistryHTTP
import Testing

@Suite("Bodies are complete, or an error")
struct BodyTests {
    @Test(
        "Bodies are inflated",
        arguments: [
            ("gzip", EncodedBodies.gzip, "golang.org/x/text golang.org/x/text golang.org/x/text"),
            ("zstd", EncodedBodies.zstd, "hello from zstd"), ("br", EncodedBodies.brotli, "hello from brotli"),
        ])
    func inflated(encoding: String, body: [UInt8], text: String) async throws {
        let server = try ScriptedServer { _, _ in answer(200, ["Content-Encoding: \(encoding)"], body) }
        #expect(try await quickSession().text(server.url) == text)
        #expect(server.requests[0].contains("Accept-Encoding: gzip, br, zstd"))
    }

    @Test(
        "Bodies that are cut, or have something behind their end, are asked for again, and not taken",
        arguments: [
            answer(200, ["Content-Length: 10"], Array("half".utf8)),
            answer(200, ["Transfer-Encoding: chunked"], Array("4\r\nhalf\r\n".utf8)),
            answer(200, ["Content-Encoding: gzip"], EncodedBodies.gzip.dropLast(9)),
            answer(200, ["Content-Encoding: gzip"], EncodedBodies.gzip.dropLast(3)),
            answer(200, ["Content-Encoding: br"], EncodedBodies.brotli.dropLast(2)),
            answer(200, ["Content-Encoding: zstd"], EncodedBodies.zstd.dropLast(2)),
            answer(200, ["Content-Encoding: gzip"], EncodedBodies.gzip + Array("half".utf8)),
            answer(200, ["Content-Encoding: br"], EncodedBodies.brotli + [0x61]),
            Array("HTTP/1.1 200 OK\r\nContent-".utf8), [],
        ])
    func cut(broken: [UInt8]) async throws {
        let server = try ScriptedServer { _, number in number < 3 ? broken : answer(200, [], Array("whole".utf8)) }
        #expect(try await quickSession().text(server.url) == "whole")
        #expect(server.requests.count == 3)
    }

    @Test("beyond the limit are refused at once, by their length and as they arrive")
    func limit() async throws {
        for fields in [[], ["Transfer-Encoding: chunked"]] {
            let body = fields.isEmpty ? Array("eleven byte".utf8) : Array("b\r\neleven byte\r\n0\r\n\r\n".utf8)
            let server = try ScriptedServer { _, _ in answer(200, fields, body) }
            let session = try quickSession()
            let error = try await wireError { _ = try await session.text(server.url, limit: 10) }
            #expect(error?.category == .tooLarge)
            #expect(error?.reason == "the body is larger than 10 bytes")
            #expect(server.requests.count == 1)
        }
    }

    @Test("Bodies that inflate beyond the limit are refused")
    func bomb() async throws {
        let server = try ScriptedServer { _, _ in answer(200, ["Content-Encoding: gzip"], EncodedBodies.gzip) }
        let session = try quickSession()
        let error = try await wireError { _ = try await session.text(server.url, limit: 50) }
        #expect(error?.category == .tooLarge)
    }

    @Test("Bodies in an encoding that was not asked for are malformed")
    func unknownEncoding() async throws {
        let server = try ScriptedServer { _, _ in answer(200, ["Content-Encoding: gzip, gzip"], EncodedBodies.gzip) }
        let session = try quickSession()
        let error = try await wireError { _ = try await session.text(server.url) }
        #expect(error?.category == .malformed)
        #expect(error?.attempts == 6)
    }
}
