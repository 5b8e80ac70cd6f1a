import RegistryXML

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

// Reads an RPM repository's `primary.xml` as its miner would, in pieces of 64 KiB, and says how many packages it found
// and what memory it took, where the system tells: `bench-xml FILE`. Links nothing but the XML room.

/// The line of `/proc/self/status` with the most memory that was in use, which tells of this program alone: what the
/// kernel counts for a process begins with the program that started it.
func peakMemory() -> String {
    guard let status = fopen("/proc/self/status", "r") else { return "" }
    defer { fclose(status) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, status) != nil {
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        if text.hasPrefix("VmHWM:") { return text }
    }
    return ""
}

guard CommandLine.arguments.count == 2, let file = fopen(CommandLine.arguments[1], "rb") else {
    print("usage: bench-xml FILE")
    exit(64)
}
let reader = XMLReader(XMLSelection(each: "metadata/package", taking: ["name", "version", "url"]))
var count = 0
while true {
    let piece = [UInt8](unsafeUninitializedCapacity: 64 << 10) { $1 = fread($0.baseAddress, 1, $0.count, file) }
    if piece.isEmpty { break }
    count += try reader.read(piece).count
}
count += try reader.finish().count
print("\(count) records\n\(peakMemory())")
