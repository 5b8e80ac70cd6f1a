/// Writes tar archives, for fixtures whose registry publishes one, and for tests that want one wrong on purpose.
///
/// ```swift
/// var archive = TarWriter()
/// archive.addFile("dump/data/crates.csv", Array("id,name\n1,serde\n".utf8))
/// archive.end()
/// let answer = gzip(archive.bytes)
/// ```
///
/// A member is a header of 512 bytes and its content, padded with zeros to whole blocks of 512
/// (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06).
public struct TarWriter: Sendable {
    /// What tells the format of a header.
    public enum Magic: Sendable { case posix, gnu, none }

    /// How a name beyond the header's 100 bytes is told: by a record of pax, or in GNU's way by a member of its own.
    public enum LongNames: Sendable { case pax, gnu }

    /// What was written so far.
    public private(set) var bytes: [UInt8] = []

    public init() {}

    /// Adds a file of any name.
    public mutating func addFile(_ name: String, _ content: [UInt8], longNames: LongNames = .pax) {
        guard name.utf8.count > Self.longestName else { return add(name, content) }
        switch longNames {
        case .pax: addRecords([("path", name)])
        case .gnu: add("././@LongLink", Array(name.utf8) + [0], type: "L", magic: .gnu)
        }
        add("long", content, magic: longNames == .gnu ? .gnu : .posix)
    }

    /// Ends the archive with two blocks of zeros: without them it is one that was cut.
    public mutating func end() { addZeros(1_024) }

    private static let longestName = 100
}

// MARK: - Piece by piece

extension TarWriter {
    /// Adds a member.
    ///
    /// - Parameters:
    ///   - type: `0` for a file, `5` for a folder, `1` and `2` for links, `x` and `g` for records of pax.
    ///   - change: what is done to the header before its checksum is put in.
    public mutating func add(
        _ name: String, _ content: [UInt8], type: Character = "0", magic: Magic = .posix, prefix: String = "",
        link: String = "", change: (inout [UInt8]) -> Void = { _ in }
    ) {
        precondition(name.utf8.count <= Self.longestName, "a header has no room for so long a name")
        var block = [UInt8](repeating: 0, count: 512)
        put(name, at: 0, in: &block)
        put("0000644", at: 100, in: &block)
        put(octal(content.count), at: 124, in: &block)
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
        bytes += block + content
        addZeros((512 - content.count % 512) % 512)
    }

    /// Adds a member whose content is text.
    public mutating func add(
        _ name: String, _ content: String = "", type: Character = "0", magic: Magic = .posix, prefix: String = "",
        link: String = "", change: (inout [UInt8]) -> Void = { _ in }
    ) {
        add(name, Array(content.utf8), type: type, magic: magic, prefix: prefix, link: link, change: change)
    }

    /// Adds records of pax, which stand for the next member, or as type `g` for all that follow.
    public mutating func addRecords(_ records: [(key: String, value: String)], type: Character = "x") {
        add("PaxHeader", records.map { record($0.key, $0.value) }.joined(), type: type)
    }

    public mutating func addZeros(_ count: Int) { bytes += [UInt8](repeating: 0, count: count) }

    public mutating func addBytes(_ more: [UInt8]) { bytes += more }
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

/// Puts in the header's checksum: the sum of its bytes, with spaces in the checksum's own place.
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
