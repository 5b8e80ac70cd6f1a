import CRegistryJSON
import Synchronization

/// A JSON document, for who wants a little of it.
///
/// Places are paths of names, as in `items` or `catalogEntry/version`; a number counts an array's elements from 0. What
/// is wanted is text: a string, or a number, `true` or `false` as JSON writes them. All else reads as nil.
public final class JSONDocument: Sendable {
    /// Written to while texts are read: one caller at a time.
    private let reader: Mutex<Reader>

    /// - Throws: ``JSONError`` for bytes that are no JSON, cut off, or not UTF-8.
    public init(_ body: [UInt8]) throws(JSONError) {
        reader = Mutex(try Reader(body))
    }

    /// The text at a place.
    public func text(_ path: String) -> String? {
        reader.withLock { string(registry_json_text_at($0.handle, "/" + path)) }
    }

    /// The elements of the array at a place, with the texts that are wanted of each; nil where there is no array.
    public func rows(_ path: String, of columns: [String]) -> [JSONRow]? {
        reader.withLock { $0.rows("/" + path, columns) }
    }
}

/// The texts of one element of an array.
public struct JSONRow: Sendable {
    fileprivate let columns: [String]
    fileprivate let texts: [String?]

    /// The text in a column that was asked for.
    public subscript(_ column: String) -> String? {
        columns.firstIndex(of: column).flatMap { texts[$0] }
    }
}

/// simdjson's parser with its document.
private struct Reader: ~Copyable {
    let handle: OpaquePointer

    init(_ body: [UInt8]) throws(JSONError) {
        // It fails only where the process cannot have 100 bytes, and Swift itself ends then.
        handle = registry_json_reader_make()!
        let code = body.withUnsafeBytes { bytes in
            bytes.baseAddress.map { registry_json_open(handle, $0.assumingMemoryBound(to: CChar.self), bytes.count) }
        }
        if let code, code == 0 { return }
        throw JSONError(code ?? JSONError.emptyCode)
    }

    deinit { registry_json_reader_free(handle) }

    func rows(_ array: String, _ columns: [String]) -> [JSONRow]? {
        withPointers(columns.map { "/" + $0 }[...], []) { rows(array, $0, columns) }
    }

    private func rows(_ array: String, _ pointers: [UnsafePointer<CChar>?], _ columns: [String]) -> [JSONRow]? {
        withUnsafeTemporaryAllocation(of: registry_json_text.self, capacity: columns.count) { texts in
            var collected = Collected(columns: columns, texts: UnsafeBufferPointer(texts))
            let isArray = withUnsafeMutablePointer(to: &collected) { collected in
                registry_json_rows(handle, array, pointers, columns.count, texts.baseAddress, collected) {
                    $0?.assumingMemoryBound(to: Collected.self).pointee.append()
                }
            }
            return isArray == 0 ? nil : collected.rows
        }
    }
}

/// Rows as they come out of the reader.
private struct Collected {
    let columns: [String]
    let texts: UnsafeBufferPointer<registry_json_text>
    var rows: [JSONRow] = []

    mutating func append() {
        rows.append(JSONRow(columns: columns, texts: texts.map(string)))
    }
}

private func string(_ text: registry_json_text) -> String? {
    text.bytes.map { String(decoding: UnsafeRawBufferPointer(start: $0, count: text.count), as: UTF8.self) }
}

/// Hands over C strings while they live.
private func withPointers<Result>(
    _ texts: ArraySlice<String>, _ pointers: [UnsafePointer<CChar>?], _ body: ([UnsafePointer<CChar>?]) -> Result
) -> Result {
    guard let text = texts.first else { return body(pointers) }
    return text.withCString { withPointers(texts.dropFirst(), pointers + [$0], body) }
}
