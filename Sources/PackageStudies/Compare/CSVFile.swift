import ContentDigest
import Foundation

/// A CSV file being written: RFC 4180, lines ended by a line feed, quotes only where needed.
struct CSVFile {
    private let handle: FileHandle
    private let digest: Digest
    private var bytes: [UInt8] = []
    private var isAtStart = true
    private(set) var written = 0
    private(set) var rows = -1
    /// Of the whole file, in lower-case hexadecimal digits; empty until it is closed.
    private(set) var sha256 = ""

    init(_ url: URL, header: [String]) throws {
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        guard FileManager.default.createFile(atPath: url.path(percentEncoded: false), contents: nil) else {
            throw StudyError.output(url.path(percentEncoded: false), "the file cannot be created")
        }
        handle = try FileHandle(forWritingTo: url)
        digest = try Digest(.sha256)
        bytes.reserveCapacity(1 << 20)
        for name in header { field(name) }
        try endRow()
    }

    mutating func field(_ text: String) { field(Array(text.utf8)[...]) }

    mutating func field(_ value: ArraySlice<UInt8>) {
        if !isAtStart { bytes.append(44) }
        isAtStart = false
        guard value.contains(where: { $0 == 44 || $0 == 34 || $0 == 10 || $0 == 13 }) else {
            bytes.append(contentsOf: value)
            return
        }
        bytes.append(34)
        for byte in value {
            if byte == 34 { bytes.append(34) }
            bytes.append(byte)
        }
        bytes.append(34)
    }

    mutating func endRow() throws {
        bytes.append(10)
        isAtStart = true
        rows += 1
        if bytes.count > 1 << 20 { try flush() }
    }

    mutating func close() throws {
        try flush()
        try handle.close()
        sha256 = digest.finish()
    }

    private mutating func flush() throws {
        try handle.write(contentsOf: Data(bytes))
        digest.update(bytes)
        written += bytes.count
        bytes.removeAll(keepingCapacity: true)
    }
}
