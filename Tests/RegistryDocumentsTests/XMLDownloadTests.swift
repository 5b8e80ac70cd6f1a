import ContentDigest
import MinerHarness
import PackageMining
import RegistryDocuments
import RegistryXML
import Testing

@Suite("XML files read while they are downloaded")
struct XMLDownloadTests {
    private let url = "http://x.test/list.xml"
    private let list = Array("<list><name>a</name>\n<other/><name>b</name></list>".utf8)

    private func names(_ session: StubSession, change: (inout XMLDownload) -> Void = { _ in }) async throws -> [String]
    {
        var file = XMLDownload(url, XMLSelection(each: "list/name"))
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
        let cases: [([UInt8], (inout XMLDownload) -> Void, String)] = [
            (list.dropLast(), { _ in }, "the file cannot be read: line 2"),
            (list, { $0.checksum = .init(.sha1, "00") }, "its sha1 is \(right), the registry says 00"),
            (list, { $0.sizeLimit = 20 }, "the file cannot be read: the stream inflates to more than 20 bytes"),
        ]
        for (bytes, change, reason) in cases {
            let session = StubSession([url: bytes], chunkSize: 3)
            let error = try await #require(throws: WireError.self) { _ = try await names(session, change: change) }
            #expect(error.reason.hasPrefix(reason))
            #expect(error.attempts == 6 && session.requests.count == 6)
        }
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
