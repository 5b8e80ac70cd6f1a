import Foundation
import RecordReaders
import RegistryDocuments
import RegistryJSON

// Reads a file as a miner would, in pieces of 64 KiB, and says how many records it found and how many bytes were taken
// of them. Time and memory are measured from outside.
//
//     bench-records csv FILE COLUMN...            records of CSV
//     bench-records copy FILE TABLE COLUMN...     rows of a table of COPY text
//     bench-records dump FILE COLUMN...           records of `…/data/crates.csv` in a packed archive
//     bench-records pages FILE TIMES              ids of the rows of a page of `_all_docs`, read again and again

/// What was read, so that nothing of it can be left out.
struct Sum {
    var records = 0
    var bytes = 0
}

func readPieces(of path: String, by size: Int = 64 << 10, _ take: ([UInt8]) throws -> Void) throws {
    guard let file = fopen(path, "rb") else { throw CocoaError(.fileNoSuchFile) }
    defer { fclose(file) }
    while true {
        let piece = [UInt8](unsafeUninitializedCapacity: size) { $1 = fread($0.baseAddress, 1, $0.count, file) }
        if piece.isEmpty { return }
        try take(piece)
    }
}

func sum<Reader: RecordReader>(
    _ reader: Reader, over path: String, times: Int = 1, _ size: (Reader.Record) throws -> Int
) throws -> Sum {
    var sum = Sum()
    for _ in 0..<times {
        var reader = reader
        func count(_ record: Reader.Record) throws {
            sum.records += 1
            sum.bytes += try size(record)
        }
        try readPieces(of: path) { piece in
            reader.feed(piece)
            while let record = try reader.next() { try count(record) }
        }
        while let record = try reader.finish() { try count(record) }
    }
    return sum
}

/// A page is whole in memory when a miner reads it.
func sumOfPages(at path: String, times: Int) throws -> Sum {
    var sum = Sum()
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    for _ in 0..<times {
        try readPieces(of: path, by: size) { page in
            for row in try JSONElements.read(page, of: "/rows").elements {
                sum.records += 1
                sum.bytes += try row.value.get().neededText("/id").utf8.count
            }
        }
    }
    return sum
}

func size(of row: FieldRow, _ columns: [String]) -> Int {
    columns.reduce(0) { $0 + (row[$1]?.utf8.count ?? 0) }
}

let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count >= 3 else {
    print("usage: bench-records csv|copy|dump|pages FILE WHAT...")
    exit(64)
}
let (path, names) = (arguments[1], Array(arguments[2...]))
let found =
    switch arguments[0] {
    case "csv":
        try sum(CSVReader(columns: names), over: path) { size(of: $0, names) }
    case "copy":
        try sum(CopyReader([CopyReader.Table(names[0], columns: Array(names[1...]))]), over: path) {
            size(of: $0.fields, Array(names[1...]))
        }
    case "dump":
        try sum(
            Inflated(
                TarRecords {
                    $0.name.hasSuffix("/data/crates.csv")
                } readBy: { _ in
                    CSVReader(columns: names)
                },
                limit: .max),
            over: path
        ) { size(of: $0, names) }
    default:
        try sumOfPages(at: path, times: Int(names[0]) ?? 1)
    }
print("\(found.records) records, \(found.bytes) bytes")
