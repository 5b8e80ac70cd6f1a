import ContentInflation
import Foundation
import MinerTestKit
import Testing

@Suite("Inflation from a point")
struct InflationPointTests {
    @Test(
        "a stream is read on from any of its points, in any chunks, through JSON", arguments: [97, 4_096, 65_536],
        [1, 9])
    func resuming(chunkSize: Int, level: Int32) throws {
        let stream = gzip(Self.text, level: level) + gzip(Self.text, level: level) + [0, 0]
        let whole = Self.text + Self.text
        let points = try points(of: stream, by: chunkSize)
        #expect(points.count > 2)
        for point in [points[0], points[points.count / 2], points[points.count - 1]] {
            let read = try JSONDecoder().decode(InflationPoint.self, from: JSONEncoder().encode(point))
            #expect(read == point)
            let rest = try inflate(stream[Int(point.offset)...], from: Inflater(at: read), by: chunkSize)
            #expect(rest == Array(whole[Int(point.inflatedCount)...]))
        }
    }

    @Test("points are made behind points")
    func again() throws {
        let stream = gzip(Self.text, level: 9)
        let first = try #require(points(of: stream, by: 1_000).first)
        let rest = Array(stream[Int(first.offset)...])
        let second = try #require(points(of: rest, by: 1_000, from: Inflater(at: first)).first)
        #expect(second.offset > first.offset)
        let end = try inflate(stream[Int(second.offset)...], from: Inflater(at: second), by: 777)
        #expect(end == Array(Self.text[Int(second.inflatedCount)...]))
    }

    @Test("two halves that are not of one stream are found out at its end")
    func foreign() throws {
        let stream = gzip(Self.text, level: 9)
        let point = try #require(points(of: stream, by: 1_000).first)
        let json = String(decoding: try JSONEncoder().encode(point), as: UTF8.self)
        let foreign = json.replacing(/"checksum":\d+/, with: "\"checksum\":1")
        #expect(json != foreign)
        let read = try JSONDecoder().decode(InflationPoint.self, from: Data(foreign.utf8))
        let error = #expect(throws: InflationError.self) {
            try inflate(stream[Int(point.offset)...], from: Inflater(at: read), by: 1_000)
        }
        #expect(error == .damaged("incorrect data check", after: Int64(Self.text.count)))
    }

    @Test("a stream that is read on and has no end is cut off")
    func truncation() throws {
        let stream = gzip(Self.text, level: 9)
        let point = try #require(points(of: stream, by: 1_000).first)
        for missing in [1, 7, 8, 9, 500] {
            #expect(throws: InflationError.self) {
                try inflate(stream[Int(point.offset)..<stream.count - missing], from: Inflater(at: point), by: 64)
            }
        }
    }

    /// Numbers in words that repeat and are never the same: several blocks at any level.
    private static let text = Array(
        (0..<20_000).map { "artifact-\($0 &* 2_654_435_761 % 99_991)|\($0 % 7)\n" }.joined().utf8)

    private func points(of stream: [UInt8], by size: Int, from inflater: Inflater = Inflater()) throws
        -> [InflationPoint]
    {
        var points: [InflationPoint] = []
        func note() {
            if let point = inflater.point, point != points.last { points.append(point) }
            inflater.wantPoint()
        }
        for start in stride(from: 0, to: stream.count, by: size) {
            inflater.feed(Array(stream[start..<min(start + size, stream.count)]))
            while try inflater.next() != nil { note() }
            note()
        }
        while try inflater.finish() != nil { note() }
        return points
    }

    private func inflate(_ stream: ArraySlice<UInt8>, from inflater: Inflater, by size: Int) throws -> [UInt8] {
        var result: [UInt8] = []
        for start in stride(from: stream.startIndex, to: stream.endIndex, by: size) {
            inflater.feed(Array(stream[start..<min(start + size, stream.endIndex)]))
            while let piece = try inflater.next() { result += piece }
        }
        while let piece = try inflater.finish() { result += piece }
        return result
    }
}
