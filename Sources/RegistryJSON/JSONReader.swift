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

    /// The strings of each element of the array at a place of the one value in `body`, in the array's order: for pages of
    /// thousands of small elements. What a string is not, is nil in its row; rows are counted from 1 as lines are.
    ///
    /// - Throws: `JSONError`, also where there is no array.
    public mutating func table(ofElementsAt array: String, in body: [UInt8]) throws(JSONError) -> JSONTable {
        var table = JSONTable(columns: pointers.count, reservingBytes: body.count / 4)
        let code = body.withUnsafeBufferPointer { body -> Int32 in
            guard let base = body.baseAddress else { return JSONError.emptyCode }
            let start = UnsafeRawPointer(base).assumingMemoryBound(to: CChar.self)
            let code = registry_json_open_array(reader, start, body.count, body.count, array)
            if code == 0 { readElements(into: &table) }
            return code
        }
        guard code == 0 else { throw JSONError(code) }
        return table
    }

    private mutating func readElements(into table: inout JSONTable) {
        let most = 64
        var texts = [registry_json_text](repeating: registry_json_text(), count: most * pointers.count)
        while true {
            let rows = withPointers(pointers) { registry_json_next_elements(reader, $0, $1, &texts, most) }
            for row in 0..<rows {
                table.appendRow(line: table.count + 1)
                for text in texts[row * pointers.count..<(row + 1) * pointers.count] {
                    table.append(UnsafeRawBufferPointer(start: text.bytes, count: text.count))
                }
            }
            if rows < most { return }
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
        let readable = body.count - value.startIndex
        return withPointers(pointers) { registry_json_read(reader, start, value.count, readable, $0, $1, &texts) }
    }
}

/// The place of the next line feed, or behind the last byte. `memchr` looks at 32 bytes at once.
private func endOfLine(from start: Int, in body: UnsafeBufferPointer<UInt8>) -> Int {
    guard let base = body.baseAddress, let found = memchr(base + start, 10, body.count - start) else {
        return body.count
    }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
}

private func withPointers<Result>(
    _ pointers: [UnsafeMutablePointer<CChar>], _ body: (UnsafePointer<UnsafePointer<CChar>?>?, Int) -> Result
) -> Result {
    pointers.withUnsafeBufferPointer { pointers in
        pointers.withMemoryRebound(to: UnsafePointer<CChar>?.self) { body($0.baseAddress, $0.count) }
    }
}
