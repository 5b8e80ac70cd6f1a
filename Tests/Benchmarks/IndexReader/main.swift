import ContentInflation
import Foundation
import MavenFormats

// Reads a Nexus index as its miner would, in pieces of 64 KiB, and says how many records it found: `bench-index-reader FILE`.
// Time and memory are measured from outside.

func readPieces(of path: String, _ take: ([UInt8]) throws -> Void) throws {
    guard let file = fopen(path, "rb") else { throw CocoaError(.fileNoSuchFile) }
    defer { fclose(file) }
    while true {
        let piece = [UInt8](unsafeUninitializedCapacity: 64 << 10) { $1 = fread($0.baseAddress, 1, $0.count, file) }
        if piece.isEmpty { return }
        try take(piece)
    }
}

func readIndex(_ path: String) throws -> Int {
    let inflater = Inflater()
    var records = IndexRecords()
    var count = 0
    func take(_ piece: [UInt8]) throws {
        records.feed(piece)
        while try records.next() != nil { count += 1 }
    }
    try readPieces(of: path) { chunk in
        inflater.feed(chunk)
        while let piece = try inflater.next() { try take(piece) }
    }
    while let piece = try inflater.finish() { try take(piece) }
    while try records.finish() != nil { count += 1 }
    return count
}

guard CommandLine.arguments.count == 2 else {
    print("usage: bench-index-reader FILE")
    exit(64)
}
print("\(try readIndex(CommandLine.arguments[1])) records")
