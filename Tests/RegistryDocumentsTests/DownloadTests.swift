import ContentDigest
import MinerHarness
import PackageMining
import RecordReaders
import RegistryDocuments
import RegistryXML
import Testing

@Suite("Files read while they are downloaded")
struct DownloadTests {
    private let url = "http://x.test/list.xml"
    private let list = Array("<list><name>a</name>\n<other/><name>b</name></list>".utf8)

    private func names(
        _ session: StubSession, change: (inout Download<XMLRecords>) -> Void = { _ in }
    ) async throws -> [String] {
        var file = Download(url) { XMLRecords(XMLSelection(each: "list/name")) }
        change(&file)
        return try await file.reduce(into: [], through: session) { $0.append($1.text) }
    }

    @Test("its records are folded in their order")
    func folds() async throws {
        #expect(try await names(StubSession([url: list], chunkSize: 3)) == ["a", "b"])
    }

    @Test("one that is cut, forged or too large gives nothing, and is asked for six times")
    func refuses() async throws {
        let right = try Digest.hex(of: list, by: .sha1)
        let cases: [([UInt8], (inout Download<XMLRecords>) -> Void, String)] = [
            (list.dropLast(), { _ in }, "the file cannot be read: line 2"),
            (list, { $0.checksum = .init(.sha1, "00") }, "its sha1 is \(right), the registry says 00"),
            (list, { $0.checksum = .init(.sha1, right, size: 51) }, "its size is 50 bytes, the registry says 51"),
            (list, { $0.sizeLimit = 20 }, "the file cannot be read: the stream inflates to more than 20 bytes"),
        ]
        for (bytes, change, reason) in cases {
            let session = StubSession([url: bytes], chunkSize: 3)
            let error = try await #require(throws: WireError.self) { _ = try await names(session, change: change) }
            #expect(error.reason.hasPrefix(reason))
            #expect(error.attempts == 6 && session.requests.count == 6)
        }
    }

    @Test("any reader's records are folded, compressed as the file may be, and its end is looked at")
    func readsAnyRecords() async throws {
        let file = Download(url) { LineReader(lastMayBeOpen: false) }
        let session = StubSession([url: Self.lines], chunkSize: 3)
        let found = try await file.reduce(into: [String](), through: session) {
            $0.append(String(decoding: $1, as: UTF8.self))
        } atEnd: {
            $0.append("\($1.number) lines")
        }
        #expect(found == ["a", "b", "2 lines"])
    }

    @Test("one whose inside is not what the registry says is refused, however right its own checksum")
    func verifiesInside() async throws {
        let inside = Array("a\nb\n".utf8)
        let right = FileChecksum(.sha256, try Digest.hex(of: inside, by: .sha256), size: 4)
        let cases: [(FileChecksum, String?)] = [
            (right, nil), (.init(.sha256, right.value), nil),
            (.init(.md5, "00"), "the inflated stream: its md5 is "),
            (.init(.sha256, right.value, size: 5), "the inflated stream: its size is 4 bytes, the registry says 5"),
            (.init(.sha256, right.value, size: 3), "the stream inflates to more than 3 bytes"),
        ]
        for (told, reason) in cases {
            var file = Download(url) { LineReader(lastMayBeOpen: false) }
            file.checksum = FileChecksum(.sha1, try Digest.hex(of: Self.lines, by: .sha1), size: 41)
            file.inflatedChecksum = told
            let session = StubSession([url: Self.lines], chunkSize: 3)
            guard let reason else {
                #expect(try await file.reduce(into: 0, through: session) { lines, _ in lines += 1 } == 2)
                continue
            }
            let error = try await #require(throws: WireError.self) {
                _ = try await file.reduce(into: 0, through: session) { lines, _ in lines += 1 }
            }
            #expect(error.reason.hasPrefix("the file cannot be read, though its checksum is right: \(reason)"))
            #expect(session.requests.count == 1)
        }
    }

    @Test(
        "a checksum from the network is one of the algorithm's length, in hexadecimal, or none",
        arguments: ["", "00", "zz\(zeros)", "\u{FF10}\(zeros)", "é\(zeros)", "\(zeros)0"])
    func noChecksum(text: String) {
        #expect(FileChecksum(reading: text, by: .md5) == nil)
        #expect(FileChecksum(reading: "AB\(Self.zeros)", by: .md5) == FileChecksum(.md5, "ab\(Self.zeros)"))
    }

    private static let zeros = String(repeating: "0", count: 30)

    /// Python's `bz2.compress(b"a\nb\n")`.
    private static let lines: [UInt8] = [
        0x42, 0x5A, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, 0x3C, 0x85, 0x41, 0x12, 0x00, 0x00,
        0x01, 0x41, 0x00, 0x00, 0x10, 0x30, 0x00, 0x20, 0x00, 0x30, 0xCC, 0x0C, 0x7A, 0x82, 0x71, 0x77,
        0x24, 0x53, 0x85, 0x09, 0x03, 0xC8, 0x54, 0x11, 0x20,
    ]

    @Test("one that is still as it was known is not read again, and one that is not tells what it is known by")
    func knows() async throws {
        let file = Download(url) { XMLRecords(XMLSelection(each: "list/name")) }
        let session = StubSession(chunkSize: 3)
        session.set(url, list, headers: [Header("ETag", "W/\"1\""), Header("Last-Modified", "once")])
        let read = { (known: Validators?) in
            try await file.reduce(into: [String](), unless: known, through: session) { $0.append($1.text) }
        }
        let first = Validators(of: session.response(at: url))
        #expect(try await read(nil) == .modified(["a", "b"], first))
        #expect(try await read(first) == .notModified)
        session.set(url, list)
        #expect(try await read(first) == .modified(["a", "b"], nil))
        #expect(session.known == [first, first])
    }

    @Test("what was read of a file that turned out wrong is forgotten when it is read anew")
    func beginsAnew() async throws {
        let session = StubSession()
        let right = list
        session.set(url, Array("<list><name>wrong</name>".utf8), status: 200) {
            $0.set("http://x.test/list.xml", right)
        }
        #expect(try await names(session) == ["a", "b"])
    }
}
