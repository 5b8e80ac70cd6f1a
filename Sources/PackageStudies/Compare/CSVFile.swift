import Foundation
import PackageMining

/// A CSV file being written, field by field.
struct CSVFile: ~Copyable {
    private var file: OutputFile
    private var row: [UInt8] = []
    private var isAtStart = true
    private var rows = 0

    /// - Parameter draft: Where it is made until it is whole; nil for beside its destination.
    init(_ destination: URL, draft: URL? = nil, header: [String]) throws {
        var begun = try OutputFile(destination, draft: draft)
        try begun.write { CSV.append(header, to: &$0) }
        file = begun
    }

    mutating func field(_ text: String) { append(text.utf8) }

    mutating func field(_ value: ArraySlice<UInt8>) { append(value) }

    private mutating func append(_ value: some Collection<UInt8>) {
        if !isAtStart { row.append(CSV.comma) }
        isAtStart = false
        CSV.append(value, to: &row)
    }

    mutating func endRow() throws {
        row.append(CSV.newline)
        try file.write { $0.append(contentsOf: row) }
        row.removeAll(keepingCapacity: true)
        isAtStart = true
        rows += 1
    }

    consuming func publish() throws { _ = try file.publish() }

    /// Ends the file, which takes its place later, and tells how many rows stand below its header.
    consuming func finish() throws -> (file: FinishedFile, rows: Int) { (try file.finish(), rows) }
}
