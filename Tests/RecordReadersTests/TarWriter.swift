/// Writes tar archives, block by block, for tests that want them right or wrong.
struct TarWriter {
    private(set) var bytes: [UInt8] = []

    enum Magic: Sendable { case posix, gnu, none }

    /// A member with its header and its bytes, padded.
    mutating func add(
        _ name: String, _ content: String = "", type: Character = "0", magic: Magic = .posix, prefix: String = "",
        link: String = "", change: (inout [UInt8]) -> Void = { _ in }
    ) {
        var block = [UInt8](repeating: 0, count: 512)
        put(name, at: 0, in: &block)
        put("0000644", at: 100, in: &block)
        put(octal(content.utf8.count), at: 124, in: &block)
        put(octal(1_000_000_000), at: 136, in: &block)
        put(String(type), at: 156, in: &block)
        put(link, at: 157, in: &block)
        switch magic {
        case .posix: put("ustar\u{0}00", at: 257, in: &block)
        case .gnu: put("ustar  ", at: 257, in: &block)
        case .none: break
        }
        put(prefix, at: 345, in: &block)
        change(&block)
        sign(&block)
        bytes += block + pad(content)
    }

    /// The header of pax records, of the next member or (`g`) of the archive.
    mutating func addRecords(_ records: [(String, String)], type: Character = "x") {
        add("PaxHeader", records.map { record($0.0, $0.1) }.joined(), type: type)
    }

    mutating func addZeros(_ count: Int) {
        bytes += [UInt8](repeating: 0, count: count)
    }

    mutating func addBytes(_ more: [UInt8]) {
        bytes += more
    }

    /// The length counts its own digits.
    private func record(_ key: String, _ value: String) -> String {
        let rest = " \(key)=\(value)\n"
        var length = rest.utf8.count + 1
        while length != rest.utf8.count + String(length).utf8.count {
            length = rest.utf8.count + String(length).utf8.count
        }
        return "\(length)\(rest)"
    }

    private func sign(_ block: inout [UInt8]) {
        put("        ", at: 148, in: &block)
        let sum = block.reduce(0) { $0 + Int($1) }
        put(String(octal(sum).suffix(6)) + "\u{0} ", at: 148, in: &block)
    }

    private func put(_ text: String, at place: Int, in block: inout [UInt8]) {
        for (index, byte) in text.utf8.enumerated() { block[place + index] = byte }
    }

    private func octal(_ number: Int) -> String {
        let digits = String(number, radix: 8)
        return String(repeating: "0", count: 11 - digits.count) + digits
    }

    private func pad(_ content: String) -> [UInt8] {
        content.utf8 + [UInt8](repeating: 0, count: (512 - content.utf8.count % 512) % 512)
    }
}
