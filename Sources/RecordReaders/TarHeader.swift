/// A header block of a tar archive: POSIX's ustar, GNU's variety of it, or the older one that has no magic
/// (https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html, "ustar Interchange Format";
/// https://www.gnu.org/software/tar/manual/html_node/Standard.html).
struct TarHeader {
    /// A header's size, and what data are padded to a multiple of, in bytes.
    static let blockSize = 512

    /// No member is larger, in bytes: what is added to a size stays a number.
    static let sizeLimit: Int64 = 1 << 60

    let name: [UInt8]
    let link: [UInt8]
    let type: UInt8
    let size: Int64
    let mode: Int
    let modified: Int64

    /// - Throws: `RecordError` for a block that is no header.
    init(_ block: [UInt8], at place: String) throws {
        guard TarHeader.octal(block[148..<156]) == TarHeader.checksum(block) else {
            throw RecordError(at: place, "its checksum is not that of a tar header")
        }
        guard let size = TarHeader.number(block[124..<136]), (0...TarHeader.sizeLimit).contains(size),
            let mode = TarHeader.number(block[100..<108]), let modified = TarHeader.number(block[136..<148])
        else {
            throw RecordError(at: place, "a number of the tar header cannot be read")
        }
        let isPOSIX = block[257..<263].elementsEqual("ustar\0".utf8)
        let prefix = isPOSIX ? TarHeader.text(block[345..<500]) : []
        let name = TarHeader.text(block[0..<100])
        self.name = prefix.isEmpty ? name : prefix + [UInt8(ascii: "/")] + name
        self.size = size
        self.modified = modified
        self.mode = Int(truncatingIfNeeded: mode)
        link = TarHeader.text(block[157..<257])
        type = block[156]
    }

    /// The sum of a block's bytes, those of the checksum taken as spaces.
    private static func checksum(_ block: [UInt8]) -> Int64 {
        var sum: Int64 = 8 * 32
        for index in block.indices where !(148..<156).contains(index) { sum += Int64(block[index]) }
        return sum
    }

    private static func text(_ field: ArraySlice<UInt8>) -> [UInt8] {
        Array(field.prefix { $0 != 0 })
    }

    /// A number in octal digits, or, where the first bit is set, in base 256 (GNU).
    private static func number(_ field: ArraySlice<UInt8>) -> Int64? {
        guard let first = field.first, first & 0x80 != 0 else { return octal(field) }
        // The bit behind the first one is the sign.
        let start = Int64(first & 0x3F) - Int64(first & 0x40)
        return field.dropFirst().reduce(start) { number, byte in
            guard let number, abs(number) < 1 << 54 else { return nil }
            return number << 8 | Int64(byte)
        }
    }

    /// Octal digits between spaces and zeros; 0 where there are none.
    private static func octal(_ field: ArraySlice<UInt8>) -> Int64? {
        let digits = field.drop { $0 == 32 }.prefix { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }
        guard field[digits.endIndex...].allSatisfy({ $0 == 32 || $0 == 0 }) else { return nil }
        return digits.reduce(0) { $0 << 3 | Int64($1 - UInt8(ascii: "0")) }
    }
}
