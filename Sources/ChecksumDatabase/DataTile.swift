import Foundation

/// Records as they stand in a data tile: their number, their text, a blank line.
package struct DataTile {
    /// A line of a record: a module version, and the hash of its files or of its go.mod.
    package struct Line {
        package let path: UnsafeRawBufferPointer

        /// Without the `/go.mod` behind it.
        package let version: UnsafeRawBufferPointer
    }

    /// Reads the first records of a tile.
    ///
    /// - Parameters:
    ///   - bytes: the tile. A whole one stands for a part of it, so that records behind `count` are passed over.
    ///   - first: the number of its first record.
    ///   - line: is called for each line, with the number of its record.
    /// - Returns: the hashes of the records.
    /// - Throws: ``MalformedDocument``
    package static func read(
        _ bytes: UnsafeRawBufferPointer, from first: Int, count: Int, by hasher: TreeHasher,
        line: (_ record: Int, Line) -> Void
    ) throws -> [TreeHash] {
        try holdToText(bytes)
        var hashes: [TreeHash] = []
        hashes.reserveCapacity(count)
        var scan = RecordScan(bytes: bytes)
        for number in first..<(first + count) {
            let text = try scan.next(number, line: line)
            hashes.append(hasher.leaf(text))
        }
        return hashes
    }

    /// The database's records are text: UTF-8 without control characters.
    private static func holdToText(_ bytes: UnsafeRawBufferPointer) throws {
        var hasControl = false
        for byte in bytes { hasControl = hasControl || (byte < 0x20 && byte != UInt8(ascii: "\n")) }
        if hasControl { throw MalformedDocument("a record has a control character") }
        do {
            try bytes.withMemoryRebound(to: UInt8.self) { _ = try UTF8Span(validating: $0.span) }
        } catch {
            throw MalformedDocument("a record is not UTF-8")
        }
    }
}

/// Steps through the records of a tile.
private struct RecordScan {
    let bytes: UnsafeRawBufferPointer
    private var offset = 0

    init(bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// The text of the next record.
    mutating func next(_ number: Int, line: (_ record: Int, DataTile.Line) -> Void) throws -> UnsafeRawBufferPointer {
        guard try nextLine(number) == number else {
            throw MalformedDocument("where record \(number) should stand, there is another")
        }
        let start = offset
        while true {
            let text = try takeLine(number)
            if text.isEmpty { break }
            line(number, try split(text, number))
        }
        guard offset > start + 1 else { throw MalformedDocument("record \(number) is empty") }
        return part(start, offset - 1)
    }

    /// The number that the next line is, in canonical decimal; nil where it is none.
    private mutating func nextLine(_ number: Int) throws -> Int? {
        let digits = try takeLine(number)
        guard (1...18).contains(digits.count), digits.count == 1 || digits[0] != UInt8(ascii: "0") else { return nil }
        var value = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return value
    }

    /// Moves behind the next line and returns it without its end.
    private mutating func takeLine(_ number: Int) throws -> UnsafeRawBufferPointer {
        guard let end = bytes.place(of: UInt8(ascii: "\n"), from: offset) else {
            throw MalformedDocument("the tile ends in record \(number)")
        }
        defer { offset = end + 1 }
        return part(offset, end)
    }

    private func split(_ line: UnsafeRawBufferPointer, _ number: Int) throws -> DataTile.Line {
        let space = UInt8(ascii: " ")
        guard let first = line.place(of: space, from: 0), first > 0,
            let second = line.place(of: space, from: first + 1), second > first + 1, second + 1 < line.count
        else { throw MalformedDocument("a line of record \(number) is not a module, a version and a hash") }
        let version = UnsafeRawBufferPointer(rebasing: line[(first + 1)..<second])
        return DataTile.Line(path: UnsafeRawBufferPointer(rebasing: line[..<first]), version: version.withoutGoMod)
    }

    private func part(_ start: Int, _ end: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[start..<end])
    }
}

private let goMod = Array("/go.mod".utf8)

extension UnsafeRawBufferPointer {
    fileprivate func place(of byte: UInt8, from start: Int) -> Int? {
        guard start < count, let base = baseAddress, let found = memchr(base + start, Int32(byte), count - start) else {
            return nil
        }
        return UnsafeRawPointer(found) - base
    }

    fileprivate var withoutGoMod: UnsafeRawBufferPointer {
        let rest = count - goMod.count
        guard rest > 0, let base = baseAddress, memcmp(base + rest, goMod, goMod.count) == 0 else { return self }
        return UnsafeRawBufferPointer(start: base, count: rest)
    }
}
