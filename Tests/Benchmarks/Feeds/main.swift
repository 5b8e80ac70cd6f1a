import ContentInflation
import Foundation
import MavenMiner
import RegistryXML

// Reads one file as a miner would, in pieces of 64 KiB, and says what it found: `bench-feeds xml FILE`,
// `bench-feeds index FILE`. Time and memory are measured from outside; see the scripts beside.

func readPieces(of path: String, _ take: ([UInt8]) throws -> Void) throws {
    guard let file = fopen(path, "rb") else { throw CocoaError(.fileNoSuchFile) }
    defer { fclose(file) }
    while true {
        let piece = [UInt8](unsafeUninitializedCapacity: 64 << 10) { $1 = fread($0.baseAddress, 1, $0.count, file) }
        if piece.isEmpty { return }
        try take(piece)
    }
}

func readXML(_ path: String) throws -> Int {
    let reader = XMLReader(XMLSelection(each: "metadata/package", taking: ["name", "version", "url"]))
    var count = 0
    try readPieces(of: path) { count += try reader.read($0).count }
    return try count + reader.finish().count
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
    try records.finish()
    return count
}

let arguments = CommandLine.arguments
guard arguments.count == 3, ["xml", "index"].contains(arguments[1]) else {
    print("usage: bench-feeds xml|index FILE")
    exit(64)
}
print("\(try arguments[1] == "xml" ? readXML(arguments[2]) : readIndex(arguments[2])) records")
