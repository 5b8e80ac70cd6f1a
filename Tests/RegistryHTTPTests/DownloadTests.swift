import PackageMining
import RegistryHTTP
import Synchronization
import Testing

@Suite("Downloads")
struct DownloadTests {
    private final class Taken: Sendable {
        let bytes = Mutex<[UInt8]>([])
        func take(_ chunk: [UInt8]) { bytes.withLock { $0 += chunk } }
        var all: [UInt8] { bytes.withLock { $0 } }
    }

    private let file = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }

    @Test("Downloads go on by range after a break, and hand each byte over once")
    func resumed() async throws {
        let file = file
        let server = try ScriptedServer { request, number in
            if number == 1 {
                return answer(200, ["ETag: \"a\"", "Content-Length: 3000000"], Array(file[..<2_000_000]))
            }
            guard let range = request.split(separator: "bytes=").dropFirst().first,
                let from = Int(range.prefix { $0 != "-" })
            else { return answer(400) }
            let field = "Content-Range: bytes \(from)-2999999/3000000"
            return answer(206, ["ETag: \"a\"", field], Array(file[from...]))
        }
        let taken = Taken()
        _ = try await quickSession().download(Request(server.url)) { taken.take($0) }
        #expect(taken.all == file)
        #expect(server.requests[1].contains("If-Range: \"a\""))
        #expect(server.requests[1].contains("Accept-Encoding: identity"))
    }

    @Test("Downloads skip what was handed over when a server sends the same file again from its start")
    func withoutRanges() async throws {
        let file = file
        let server = try ScriptedServer { _, number in
            let sent = number == 1 ? Array(file[..<2_000_000]) : file
            return answer(200, ["ETag: \"a\"", "Content-Length: 3000000"], sent)
        }
        let taken = Taken()
        _ = try await quickSession().download(Request(server.url)) { taken.take($0) }
        #expect(taken.all == file)
    }

    @Test("Downloads of a file that has changed meanwhile end with an error")
    func changed() async throws {
        let file = file
        let server = try ScriptedServer { _, number in
            let sent = number == 1 ? Array(file[..<2_000_000]) : file
            return answer(200, ["ETag: \"\(number)\"", "Content-Length: 3000000"], sent)
        }
        let session = try quickSession()
        let error = try await wireError { _ = try await session.download(Request(server.url)) { _ in } }
        #expect(error?.category == .malformed)
        #expect(error?.reason == "the file has changed while being read")
        #expect(server.requests.count == 2)
    }

    @Test(
        "Downloads go on by range only where a strong validator says that it is the same file",
        arguments: [
            (["ETag: \"a\"", "Last-Modified: Wed, 21 Oct 2015 07:28:00 GMT"], "\"a\""),
            (
                ["Last-Modified: Wed, 21 Oct 2015 07:28:00 GMT", "Date: Wed, 21 Oct 2015 07:28:01 GMT"],
                "Wed, 21 Oct 2015 07:28:00 GMT"
            ),
            (["Last-Modified: Wed, 21 Oct 2015 07:28:00 GMT", "Date: Wed, 21 Oct 2015 07:28:00 GMT"], nil),
            (["Last-Modified: Wed, 21 Oct 2015 07:28:00 GMT"], nil), ([], nil),
            (
                [
                    "ETag: W/\"a\"", "Last-Modified: Wed, 21 Oct 2015 07:28:00 GMT",
                    "Date: Thu, 22 Oct 2015 07:28:00 GMT",
                ], nil
            ),
        ])
    func strongly(fields: [String], condition: String?) async throws {
        let server = try ScriptedServer { _, number in
            number == 1
                ? answer(200, fields + ["Content-Length: 4"], [1, 2])
                : answer(206, fields + ["Content-Range: bytes 2-3/4"], [3, 4])
        }
        let taken = Taken()
        let session = try quickSession()
        let error = try await wireError { _ = try await session.download(Request(server.url)) { taken.take($0) } }
        #expect(taken.all == (condition == nil ? [1, 2] : [1, 2, 3, 4]))
        #expect(server.requests.count == (condition == nil ? 1 : 2))
        if let condition {
            #expect(error == nil && server.requests[1].contains("If-Range: \(condition)\r\n"))
        } else {
            #expect(error?.category == .malformed)
            #expect(error?.reason.hasSuffix(", and the file has no strong validator to ask for its rest by") == true)
        }
    }

    @Test("Downloads come in chunks of a bounded size")
    func chunks() async throws {
        let big = [UInt8](repeating: 7, count: 12 << 20)
        let server = try ScriptedServer { _, _ in answer(200, [], big) }
        let taken = Taken()
        _ = try await quickSession().download(Request(server.url)) { chunk in
            #expect(chunk.count <= ByteStream.chunk)
            taken.take(chunk)
        }
        #expect(taken.all.count == big.count)
    }

    @Test("Downloads hold a small part of the file while the taker is slow", .timeLimit(.minutes(3)))
    func backPressure() async throws {
        let fountain = try Fountain(mebibytes: 64)
        let taken = Mutex(0)
        _ = try await quickSession().download(Request(fountain.url)) { chunk in
            let isFirst = taken.withLock { taken in
                taken += chunk.count
                return taken == chunk.count
            }
            // The taker of the first chunk takes its time, until the server cannot send any more.
            if isFirst { await fountain.isStuck() }
        }
        #expect(taken.withLock { $0 } == 64 << 20)
        // What curl and the stream hold, and what the system holds of a connection on both sides.
        let sent = try #require(fountain.sentWhenStuck)
        #expect(sent < 24 << 20, "\(sent >> 20) MiB were taken from the server")
    }
}
