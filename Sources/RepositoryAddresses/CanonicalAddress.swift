/// `https://host/path` of a repository, and where its parts lie: what an address is read into.
package struct CanonicalAddress: Hashable, Sendable {
    enum Part {
        /// A forge's own names: ASCII letters, digits, `-`, `_` and `.`.
        case owner, name
        /// Any path that can stand in a URL.
        case path, pathName
        /// As ``path``, without a slash before it.
        case continued
    }

    package private(set) var bytes: [UInt8] = []
    package private(set) var host: Range<Int>
    package private(set) var owner = 0..<0
    package private(set) var name = 0..<0
    /// The directory that the address points into; empty where it names none.
    package internal(set) var directory: [UInt8] = []
    /// How the repository was found where the address does not itself name it.
    package internal(set) var inference: Inference?
    private var ownerStart: Int?

    /// Begins with a host; its path is appended.
    init(host: [UInt8], length: Int = 64) {
        bytes.reserveCapacity(length)
        bytes.append(contentsOf: Self.scheme)
        bytes.append(contentsOf: host)
        self.host = Self.scheme.count..<bytes.count
    }

    /// Begins with the host of an address, as the rule for it calls that.
    init(_ entry: HostIndex.Entry?, of address: borrowing HostedAddress, _ text: Span<UInt8>) {
        let length = Self.scheme.count + address.host.count + address.parts.path.count + 16
        self.init(host: entry?.alias ?? address.host, length: length)
        // The port of a clone is that of git or ssh; only a web address keeps its own.
        let clues = address.parts.clues
        if entry?.alias == nil, !clues.contains(.clone) || clues.contains(.http) {
            append(port: address.parts.port, text)
        }
    }

    private mutating func append(port: Range<Int>, _ text: Span<UInt8>) {
        if port.isEmpty || text.equals("443", port) || text.equals("80", port) { return }
        bytes.append(ASCII.colon)
        for index in port { bytes.append(text[index]) }
        host = host.lowerBound..<bytes.count
    }

    mutating func append(word: [UInt8]) {
        if ownerStart == nil { ownerStart = bytes.count + 1 }
        bytes.append(ASCII.slash)
        bytes.append(contentsOf: word)
    }

    /// Writes `/~`, which a user's name is to continue.
    mutating func appendTilde() {
        bytes.append(ASCII.slash)
        bytes.append(UInt8(ascii: "~"))
    }

    mutating func append(
        _ text: Span<UInt8>, _ segment: Range<Int>, _ entry: HostIndex.Entry?, _ part: Part
    ) throws(NoRepository) {
        let isName = part == .name || part == .pathName
        if part != .continued { bytes.append(ASCII.slash) }
        let start = bytes.count
        let ownerStart = ownerStart ?? start
        self.ownerStart = ownerStart
        let isStrict = entry != nil && (part == .owner || part == .name)
        let end = isName ? text.nameEnd(of: segment, isStrict: isStrict) : segment.upperBound
        let folds = entry?.foldsCase ?? false
        for index in segment.lowerBound..<end {
            let byte = text[index]
            try Self.check(byte, isStrict: isStrict)
            bytes.append(folds ? ASCII.lower(byte) : byte)
        }
        guard bytes.count > start else { throw .malformed }
        if isName {
            name = start..<bytes.count
            owner = ownerStart < start ? ownerStart..<start - 1 : start..<start
        }
    }

    /// A path, whose last segment is the name.
    mutating func append(
        _ text: Span<UInt8>, _ path: ArraySlice<Range<Int>>, _ entry: HostIndex.Entry?
    ) throws(NoRepository) {
        for index in path.indices {
            try append(text, path[index], entry, index == path.endIndex - 1 ? .pathName : .path)
        }
    }

    /// Writes `.git` behind a name that is a page's without it.
    mutating func appendGit() { bytes.append(contentsOf: ".git".utf8) }

    /// The path of a plain repository, always with `.git`: without it, nobody could tell it from a page.
    mutating func appendRepository(_ text: Span<UInt8>, _ path: ArraySlice<Range<Int>>) throws(NoRepository) {
        for index in path.indices {
            try append(text, path[index], nil, index == path.endIndex - 1 ? .name : .path)
        }
        appendGit()
    }

    /// Folds the case of what lies behind the host and is ASCII.
    mutating func fold(_ range: Range<Int>) {
        for index in range { bytes[index] = ASCII.lower(bytes[index]) }
    }

    private static func check(_ byte: UInt8, isStrict: Bool) throws(NoRepository) {
        if ASCII.isAlphanumeric(byte) || byte == ASCII.dash || byte == ASCII.dot || byte == UInt8(ascii: "_") { return }
        if byte == UInt8(ascii: "$") || byte == UInt8(ascii: "{") { throw .placeholder }
        if isStrict || byte <= 0x20 || byte == 0x7F { throw .malformed }
        switch byte {
        case ASCII.quote, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "|"),
            UInt8(ascii: "}"), UInt8(ascii: "^"), UInt8(ascii: "`"), ASCII.question, ASCII.hash, ASCII.backslash:
            throw .malformed
        default: return
        }
    }

    private static let scheme = Array("https://".utf8)
}
