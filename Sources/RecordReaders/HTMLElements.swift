/// An element of an HTML document, with its text.
public struct HTMLElement: Hashable, Sendable {
    /// In lower case.
    public let name: String

    /// By their names in lower case; of two of one name the first. One without a value has an empty one.
    public let attributes: [String: String]

    /// Without the tags in it, and without white space at its ends.
    public internal(set) var text = ""
}

/// Reads the wanted elements of an HTML document one by one, in bounded memory: the links of a page that is a list.
///
/// It reads what lists need and no more of HTML than that: tags and attributes in any case, comments, the few entities
/// that stand in addresses, and nothing inside of `script` and `style`. Elements that are wanted do not lie inside one
/// another. A document is refused that ends inside of a tag, of a comment or of what is wanted, or that begins with
/// `<html>` and does not end with `</html>`: it was cut off.
public struct HTMLElements: RecordReader {
    private let wanted: Set<String>
    private let limit: Int
    private var input = ByteQueue()
    private var open: HTMLElement?
    private var text: [UInt8] = []
    /// The element whose content is no markup.
    private var raw: String?
    private var lacksEnd = false

    /// - Parameters:
    ///   - names: the wanted elements, in lower case.
    ///   - limit: the largest tag, comment and text of an element, in bytes.
    public init(_ names: Set<String>, limit: Int = 1 << 20) {
        wanted = names
        self.limit = limit
    }

    public mutating func feed(_ bytes: [UInt8]) { input.feed(bytes) }

    public mutating func next() throws -> HTMLElement? {
        while input.count > 0 {
            guard let isMarkup else { return nil }
            guard isMarkup else {
                try takeText()
                continue
            }
            guard let end = try endOfMarkup() else { return nil }
            let markup = Array(input.bytes(at: 0, count: end))
            input.skip(end)
            if let element = take(markup) { return element }
        }
        return nil
    }

    public mutating func finish() throws -> HTMLElement? {
        if let element = try next() { return element }
        if input.count > 0 || open != nil || raw != nil || lacksEnd {
            throw RecordError(at: "byte \(input.offset)", "the document is cut off")
        }
        return nil
    }

    /// Whether a tag or a comment begins here; nil where that is not known yet.
    private var isMarkup: Bool? {
        guard let raw else { return input[0] == UInt8(ascii: "<") }
        let end = Array("</\(raw)".utf8)
        let found = input.bytes(at: 0, count: min(input.count, end.count)).map { $0 | 0x20 }
        guard zip(found, end).allSatisfy({ $0 == $1 | 0x20 }) else { return false }
        return found.count == end.count ? true : nil
    }

    private mutating func takeText() throws {
        var count = 1
        while count < input.count, input[count] != UInt8(ascii: "<") { count += 1 }
        if open != nil { text += input.bytes(at: 0, count: count) }
        input.skip(count)
        if text.count > limit { throw tooLarge }
    }

    /// How many bytes the tag or the comment takes that begins here; nil where its end has not arrived.
    private func endOfMarkup() throws -> Int? {
        let mark = Array("<!--".utf8)
        let beginning = input.bytes(at: 0, count: min(input.count, mark.count))
        let mayBeComment = mark.starts(with: beginning)
        if mayBeComment, beginning.count < mark.count { return nil }
        let end = mayBeComment ? endOfComment : endOfTag
        if (end ?? input.count) > limit { throw tooLarge }
        return end
    }

    private var endOfComment: Int? {
        // `<!---->` is the shortest.
        (6..<max(6, input.count)).first {
            input[$0] == UInt8(ascii: ">") && input[$0 - 1] == UInt8(ascii: "-") && input[$0 - 2] == UInt8(ascii: "-")
        }.map { $0 + 1 }
    }

    private var endOfTag: Int? {
        var quote: UInt8?
        for place in 1..<input.count {
            let byte = input[place]
            if quote == nil, byte == UInt8(ascii: ">") { return place + 1 }
            if byte == quote {
                quote = nil
            } else if quote == nil, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            }
        }
        return nil
    }

    private var tooLarge: RecordError {
        RecordError(at: "byte \(input.offset)", "a tag, a comment or a text is larger than \(limit) bytes")
    }

    /// - Returns: the element that ends with this.
    private mutating func take(_ markup: [UInt8]) -> HTMLElement? {
        var tag = HTMLTag(markup)
        let name = tag.name()
        if raw != nil {
            raw = nil
            return nil
        }
        if name == "html" { lacksEnd = true }
        if name == "/html" { lacksEnd = false }
        if name == "script" || name == "style" { raw = name }
        let begun = wanted.contains(name) ? HTMLElement(name: name, attributes: tag.attributes()) : nil
        if begun != nil, voidElements.contains(name) { return begun }
        guard begun != nil || name == "/" + (open?.name ?? "") else { return nil }
        defer { (open, text) = (begun, []) }
        return open.map(ended)
    }

    private func ended(_ element: HTMLElement) -> HTMLElement {
        var element = element
        let scalars = withoutEntities(String(decoding: text, as: UTF8.self)).unicodeScalars
        let trimmed = scalars.drop { $0.properties.isWhitespace }.reversed().drop { $0.properties.isWhitespace }
        element.text = String(String.UnicodeScalarView(trimmed.reversed()))
        return element
    }
}

/// Elements that have no content and no end (https://html.spec.whatwg.org/#void-elements).
private let voidElements: Set = ["base", "br", "hr", "img", "input", "link", "meta"]

/// A tag, from `<` to `>`.
private struct HTMLTag {
    private var rest: ArraySlice<UInt8>

    init(_ markup: [UInt8]) { rest = markup.dropFirst().dropLast() }

    /// In lower case, with the slash of an end tag.
    mutating func name() -> String { word { !isBlank($0) }.lowercased() }

    mutating func attributes() -> [String: String] {
        var attributes: [String: String] = [:]
        while true {
            rest = rest.drop { isBlank($0) || $0 == UInt8(ascii: "/") }
            if rest.isEmpty { return attributes }
            let name = word { !isBlank($0) && $0 != UInt8(ascii: "=") }.lowercased()
            if name.isEmpty { rest = rest.dropFirst() }
            let value = value()
            if attributes[name] == nil { attributes[name] = value }
        }
    }

    private mutating func value() -> String {
        let behind = rest.drop(while: isBlank)
        guard behind.first == UInt8(ascii: "=") else { return "" }
        rest = behind.dropFirst().drop(while: isBlank)
        guard let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            return withoutEntities(word { !isBlank($0) })
        }
        rest = rest.dropFirst()
        defer { rest = rest.dropFirst() }
        return withoutEntities(word { $0 != quote })
    }

    private mutating func word(_ isPart: (UInt8) -> Bool) -> String {
        let word = rest.prefix(while: isPart)
        rest = rest[word.endIndex...]
        return String(decoding: word, as: UTF8.self)
    }
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

/// The text with numeric entities and those of markup itself resolved. Others stay as they are written.
private func withoutEntities(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    return text.replacing(/&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);/) { match in
        let name = match.output.1
        if let known = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"][String(name)] { return known }
        let isHex = name.dropFirst().first.map { $0 == "x" || $0 == "X" } ?? false
        let number = UInt32(name.dropFirst(isHex ? 2 : 1), radix: isHex ? 16 : 10)
        return number.flatMap(Unicode.Scalar.init).map { String(Character($0)) } ?? String(match.output.0)
    }
}
