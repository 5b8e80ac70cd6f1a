import RecordReaders
import Testing

@Suite("Messages of Protocol Buffers")
struct ProtobufTests {
    @Test("Fields are read in their order, of every type, and the last of a number counts")
    func reads() throws {
        let bytes: [UInt8] = [
            8, 0x96, 1, 0x12, 1, 0x61, 0x12, 2, 0x62, 0x63, 0x1D, 1, 0, 0, 0, 0x21, 2, 0, 0, 0, 0, 0, 0, 1, 0xA0, 6, 0,
        ]
        let message = try ProtobufMessage(bytes[...])
        #expect(message.fields.map(\.number) == [1, 2, 2, 3, 4, 100])
        let numbers: [UInt64] = message.fields.compactMap {
            if case .number(let number) = $0.value { number } else { nil }
        }
        #expect(numbers == [150, 1, 1 << 56 | 2, 0])
        #expect(try message.neededText(2) == "bc")
        #expect(message.all(2).map { Array($0) } == [[0x61], [0x62, 0x63]])
        #expect(throws: RecordError.self) { try message.needed(1) }
    }

    @Test(
        "What is no field to its end is refused",
        arguments: [
            [8], [8, 0x80], [0x12, 2, 0x61], [0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1],
            [0x1D, 1, 2],
            [0, 1], [0x0B, 0x0C], [8] + Array(repeating: 0xFF, count: 10) + [1],
            [8] + Array(repeating: 0x80, count: 9) + [2],
        ] as [[UInt8]])
    func refuses(bytes: [UInt8]) {
        #expect(throws: RecordError.self) { try ProtobufMessage(bytes[...]) }
    }

    @Test("A file larger than its limit is refused, however it comes", arguments: [1, 7])
    func limited(piece: Int) throws {
        var reader = ProtobufReader(limit: 4)
        for _ in 0..<5 { reader.feed(Array(repeating: 0x61, count: piece)) }
        #expect(throws: RecordError.self) { try reader.next() }
    }
}
