/// Messages of Protocol Buffers, as a test writes them.
public enum Protobuf {
    /// A field of bytes, a text or another message, with a number below 16 and at most 2^28 bytes.
    public static func field(_ number: UInt8, _ bytes: some Collection<UInt8>) -> [UInt8] {
        [number << 3 | 2] + varint(bytes.count) + bytes
    }

    /// Hex's file of names (hexpm/specifications, `registry/names.proto`), signed by nobody.
    public static func hexNames(_ names: [String], of repository: String = "hexpm") -> [UInt8] {
        let packages = names.flatMap { name in
            // With the time of its last change, which nobody here reads.
            field(1, field(1, name.utf8) + field(3, [1 << 3] + varint(1_600_000_000)))
        }
        return field(1, packages + field(2, repository.utf8)) + field(2, Array(repeating: 0xAB, count: 256))
    }

    private static func varint(_ number: Int) -> [UInt8] {
        var (bytes, rest): ([UInt8], Int) = ([], number)
        while rest > 0x7F {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }
}
