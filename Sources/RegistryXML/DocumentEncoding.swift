/// The encoding of a document, told by its first bytes (https://www.w3.org/TR/xml/#sec-guessing).
struct DocumentEncoding {
    /// As iconv knows it.
    let name: String

    var isUTF8: Bool {
        let name = name.uppercased()
        return name == "UTF-8" || name == "UTF8" || name == "US-ASCII" || name == "ASCII"
    }

    /// A declaration that is longer than this is none.
    private static let declarationLimit = 1_024

    /// - Returns: nil while more bytes are needed, which is never the case for a head that is the whole document.
    init?(head: [UInt8], isWhole: Bool) {
        if head.count < 4 && !isWhole { return nil }
        if let name = DocumentEncoding.wide(head) {
            self.name = name
        } else if let declaration = DocumentEncoding.declaration(in: head, isWhole: isWhole) {
            name = DocumentEncoding.believable(declaration)
        } else {
            return nil
        }
    }

    /// UTF-16 and UTF-32 show in a byte order mark, or in the zeros around the first `<`.
    private static func wide(_ head: [UInt8]) -> String? {
        switch head.prefix(4) {
        case [0xFF, 0xFE, 0, 0], [0x3C, 0, 0, 0]: "UTF-32LE"
        case [0, 0, 0xFE, 0xFF], [0, 0, 0, 0x3C]: "UTF-32BE"
        default:
            switch head.prefix(2) {
            case [0xFF, 0xFE], [0x3C, 0]: "UTF-16LE"
            case [0xFE, 0xFF], [0, 0x3C]: "UTF-16BE"
            default: nil
            }
        }
    }

    /// The declared encoding, empty where none is declared; nil while the declaration has no end yet.
    private static func declaration(in head: [UInt8], isWhole: Bool) -> String? {
        var start = head[...]
        if start.starts(with: [0xEF, 0xBB, 0xBF]) { return "UTF-8" }
        start = start.drop { $0.isXMLBlank }
        let mark = Array("<?xml".utf8)
        if !isWhole && start.count < mark.count && mark.starts(with: start) { return nil }
        guard start.starts(with: mark) else { return "" }
        guard let end = start.firstIndex(of: 0x3E) else {
            return isWhole || start.count > declarationLimit ? "" : nil
        }
        return value(of: "encoding", in: String(decoding: start[..<end], as: UTF8.self))
    }

    private static func value(of name: String, in declaration: String) -> String {
        guard let place = declaration.firstRange(of: name) else { return "" }
        let rest = declaration[place.upperBound...].drop { $0.isWhitespace || $0 == "=" }
        guard let quote = rest.first, quote == "\"" || quote == "'" else { return "" }
        return String(rest.dropFirst().prefix { $0 != quote })
    }

    /// Bytes in which an ASCII declaration can be read are not of an encoding with wider units, whatever they say.
    private static func believable(_ declared: String) -> String {
        let name = declared.uppercased()
        let isWide = ["UTF-16", "UTF16", "UTF-32", "UTF32", "UCS-", "ISO-10646-UCS"].contains { name.hasPrefix($0) }
        return declared.isEmpty || isWide || name == "UNICODE" ? "UTF-8" : declared
    }
}
