import ContentInflation
import Testing

@Suite("Inflation")
struct InflaterTests {
    @Test("each format is told by its first bytes", arguments: Samples.formats, [1, 2, 7, 4_096])
    func formats(sample: Samples.Format, chunkSize: Int) throws {
        #expect(try inflate(sample.bytes, by: chunkSize) == Samples.text)
    }

    @Test("bytes of no known format are handed on", arguments: [[], [0x61], Array("not compressed".utf8)])
    func plain(bytes: [UInt8]) throws {
        #expect(try inflate(bytes, by: 3) == bytes)
    }

    @Test("streams one behind another are one stream", arguments: Samples.formats, [1, 4_096])
    func members(sample: Samples.Format, chunkSize: Int) throws {
        #expect(try inflate(sample.bytes + sample.bytes, by: chunkSize) == Samples.text + Samples.text)
    }

    @Test("a stream without its end is cut off, wherever it was cut", arguments: Samples.formats)
    func truncation(sample: Samples.Format) {
        for count in 6..<sample.bytes.count {
            let cut = Array(sample.bytes[..<count])
            let error = #expect(throws: InflationError.self) { try inflate(cut, by: 5) }
            guard case .truncated = error else {
                Issue.record("cut after \(count) bytes: \(String(describing: error))")
                continue
            }
        }
    }

    @Test("a second member without its end is cut off")
    func secondMember() {
        #expect(throws: InflationError.truncated(after: Int64(Samples.text.count))) {
            try inflate(Samples.gzip + Samples.gzip[..<10], by: 64)
        }
    }

    @Test("zeros behind the last gzip member are padding")
    func padding() throws {
        #expect(try inflate(Samples.gzip + [0, 0, 0], by: 1) == Samples.text)
    }

    @Test("what stands behind padding is not dropped in silence", arguments: [1, 64, 4_096])
    func behindPadding(chunkSize: Int) {
        let error = InflationError.damaged("bytes behind its padding", after: Int64(Samples.text.count))
        #expect(throws: error) { try inflate(Samples.gzip + [0, 0] + Samples.gzip, by: chunkSize) }
    }

    @Test(
        "what is no stream and stands behind the last one is refused, in whatever chunks it arrives",
        arguments: Samples.formats, [1, 64, 4_096])
    func behindEnd(sample: Samples.Format, chunkSize: Int) {
        for more in [[0x61], [0, 0, 0, 0, 0x61], Array("<html></html>".utf8), Array(sample.bytes.dropFirst())] {
            #expect(throws: InflationError.self, "\(more)") { try inflate(sample.bytes + more, by: chunkSize) }
        }
    }

    @Test("a damaged stream is refused", arguments: Samples.formats)
    func damage(sample: Samples.Format) {
        var bytes = sample.bytes
        bytes[bytes.count - 5] ^= 0xFF
        #expect(throws: InflationError.self) { try inflate(bytes, by: 64) }
    }

    @Test("what inflates beyond the limit is refused as soon as it does")
    func limit() throws {
        #expect(throws: InflationError.tooLarge(limit: 10)) { try inflate(Samples.gzip, by: 64, limit: 10) }
        let exact = Int64(Samples.text.count)
        #expect(try inflate(Samples.gzip, by: 64, limit: exact) == Samples.text)
    }

    @Test("a bzip2 stream of nothing is nothing, and what stands behind the last stream is damage")
    func emptyBZip2() throws {
        let nothing = Array("BZh9".utf8) + [0x17, 0x72, 0x45, 0x38, 0x50, 0x90, 0, 0, 0, 0]
        #expect(try inflate(nothing + Samples.bzip2 + nothing, by: 1) == Samples.text)
        let error = InflationError.damaged("bytes that are no bzip2", after: Int64(Samples.text.count))
        #expect(throws: error) { try inflate(Samples.bzip2 + [0, 0], by: 64) }
    }
}

private func inflate(_ bytes: [UInt8], by chunkSize: Int, limit: Int64? = nil) throws -> [UInt8] {
    let inflater = Inflater(limit: limit)
    var inflated: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: chunkSize) {
        inflater.feed(Array(bytes[start..<min(start + chunkSize, bytes.count)]))
        while let piece = try inflater.next() { inflated += piece }
    }
    while let piece = try inflater.finish() { inflated += piece }
    return inflated
}
