import CRegistryJSON
import Foundation

/// Reads strings at known places of JSON values.
///
/// simdjson checks each value whole, UTF-8 included, at gigabytes a second; Foundation's decoder takes 4,700 ns for
/// an entry of a module index, this one about 150. Places are JSON pointers (RFC 6901): `/Origin/URL`. A place that
/// is missing, or holds no string, reads as nil.
public struct JSONReader: ~Copyable {
    private let reader: OpaquePointer
    private let pointers: [UnsafeMutablePointer<CChar>]
    private var texts: [registry_json_text]

    public init(_ pointers: [String]) {
        // It fails only where the process cannot have 100 bytes, and Swift itself ends then.
        reader = registry_json_reader_make()!
        self.pointers = pointers.map { pointer in
            let bytes = pointer.utf8CString
            let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
            bytes.withUnsafeBufferPointer { copy.initialize(from: $0.baseAddress!, count: bytes.count) }
            return copy
        }
        texts = Array(repeating: registry_json_text(), count: pointers.count)
    }

    deinit {
        registry_json_reader_free(reader)
        for pointer in pointers { pointer.deallocate() }
    }

    /// The strings of the one value in `body`.
    ///
    /// - Throws: `JSONError`
    public mutating func strings(in body: [UInt8]) throws(JSONError) -> [String?] {
        let code = body.withUnsafeBufferPointer { parse($0[...], of: $0) }
        guard code == 0 else { throw JSONError(code) }
        return texts.map { text in
            text.bytes.map { String(decoding: UnsafeRawBufferPointer(start: $0, count: text.count), as: UTF8.self) }
        }
    }

    /// The strings of each line of `body`, which holds a value a line. Blank lines are passed over; a line that is no
    /// JSON is noted.
    public mutating func table(ofLinesIn body: [UInt8]) -> JSONTable {
        var table = JSONTable(columns: pointers.count, reservingBytes: body.count)
        body.withUnsafeBufferPointer { body in
            var line = 0
            var start = 0
            while start < body.count {
                let end = endOfLine(from: start, in: body)
                line += 1
                read(body[start..<end], of: body, line: line, into: &table)
                start = end + 1
            }
        }
        return table
    }

    private mutating func read(
        _ line: Slice<UnsafeBufferPointer<UInt8>>, of body: UnsafeBufferPointer<UInt8>, line number: Int,
        into table: inout JSONTable
    ) {
        guard line.contains(where: { $0 > UInt8(ascii: " ") }) else { return }
        let code = parse(line, of: body)
        if code != 0 { return table.appendUnreadable(line: number, reason: JSONError(code).description) }
        table.appendRow(line: number)
        for text in texts {
            table.append(UnsafeRawBufferPointer(start: text.bytes, count: text.count))
        }
    }

    private mutating func parse(
        _ value: Slice<UnsafeBufferPointer<UInt8>>, of body: UnsafeBufferPointer<UInt8>
    ) -> Int32 {
        guard let base = body.baseAddress else { return JSONError.emptyCode }
        let start = UnsafeRawPointer(base + value.startIndex).assumingMemoryBound(to: CChar.self)
        return pointers.withUnsafeBufferPointer { pointers in
            pointers.withMemoryRebound(to: UnsafePointer<CChar>?.self) { pointers in
                registry_json_read(
                    reader, start, value.count, body.count - value.startIndex, pointers.baseAddress, pointers.count,
                    &texts)
            }
        }
    }
}

/// The place of the next line feed, or behind the last byte. `memchr` looks at 32 bytes at once.
private func endOfLine(from start: Int, in body: UnsafeBufferPointer<UInt8>) -> Int {
    guard let base = body.baseAddress, let found = memchr(base + start, 10, body.count - start) else {
        return body.count
    }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
}
