/// A form of EDN, in which Clojure writes data (https://github.com/edn-format/edn).
///
/// ```swift
/// let project = try EDN(line)
/// let url = project?[":scm"]?[":url"]?.text
/// ```
public enum EDN: Hashable, Sendable {
    case text(String)
    /// A symbol, a keyword, a number, a character, `nil`, `true` or `false`: what stands there.
    case token(String)
    /// A list or a vector; a set, or of a map its keys and values in turn.
    case forms([EDN], closedBy: Unicode.Scalar)

    /// Reads the one form of a line; nil where it has none. Tags are passed over: `#inst "2024-…"` is a text.
    ///
    /// - Throws: for what is no EDN, or no UTF-8, and for forms in each other more than 64 deep.
    public init?(_ line: ArraySlice<UInt8>) throws(RecordError) {
        var reader = EDNReader(rest: line)
        guard String(validating: line, as: UTF8.self) != nil else { throw reader.error("it is no UTF-8") }
        let form = try reader.form()
        guard try reader.form() == nil, reader.rest.isEmpty else { throw reader.error("more stands behind the form") }
        guard let form else { return nil }
        self = form
    }

    public var text: String? { if case .text(let text) = self { text } else { nil } }

    /// The value of a map's keyword, as `:url`; nil where there is none.
    public subscript(_ keyword: String) -> EDN? {
        guard case .forms(let forms, closedBy: "}") = self else { return nil }
        return stride(from: 0, to: forms.count - 1, by: 2).first { forms[$0] == .token(keyword) }.map { forms[$0 + 1] }
    }
}

private struct EDNReader {
    private(set) var rest: ArraySlice<UInt8>
    private var depth = 0

    init(rest: ArraySlice<UInt8>) { self.rest = rest }

    /// The next form; nil at a closing bracket and at the end.
    mutating func form() throws(RecordError) -> EDN? {
        depth += 1
        defer { depth -= 1 }
        if depth > 64 { throw error("forms are in each other more than 64 deep") }
        rest = rest.drop(while: isBlank)
        switch rest.first.map(Unicode.Scalar.init) {
        case ";": rest = []
        case nil, ")", "]", "}": break
        case "(": return try forms(to: ")")
        case "[": return try forms(to: "]")
        case "{": return try forms(to: "}")
        case "\"": return .text(try string())
        case "#": return try dispatch()
        default: return .token(token())
        }
        return nil
    }

    private mutating func forms(to closer: Unicode.Scalar, isSet: Bool = false) throws(RecordError) -> EDN {
        rest.removeFirst()
        var forms: [EDN] = []
        while let form = try form() { forms.append(form) }
        guard rest.popFirst() == UInt8(ascii: closer) else { throw error("no '\(closer)' stands where one should") }
        if closer == "}", !isSet, forms.count % 2 > 0 { throw error("a map has a key without a value") }
        return .forms(forms, closedBy: closer)
    }

    /// `#{…}`, `##NaN`, `#tag form`, and `#_ form`, which is passed over.
    private mutating func dispatch() throws(RecordError) -> EDN? {
        rest.removeFirst()
        switch rest.first.map(Unicode.Scalar.init) {
        case "{": return try forms(to: "}", isSet: true)
        case "#": return .token("#" + token())
        case "_": rest.removeFirst()
        default:
            _ = token()
            return try form()
        }
        _ = try form()
        return try form()
    }

    /// What stands up to white space or a bracket; behind a backslash any character does.
    private mutating func token() -> String {
        let start = rest.first == UInt8(ascii: "\\") ? 2 : 0
        let end = rest.dropFirst(start).firstIndex { isBlank($0) || "()[]{}\";".utf8.contains($0) } ?? rest.endIndex
        defer { rest = rest[end...] }
        return String(decoding: rest[..<end], as: UTF8.self)
    }

    private mutating func string() throws(RecordError) -> String {
        var text: [UInt8] = []
        rest.removeFirst()
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
            text.append(byte == UInt8(ascii: "\\") ? try escaped() : byte)
        }
        throw error("a text has no end")
    }

    /// What a letter behind a backslash stands for.
    private mutating func escaped() throws(RecordError) -> UInt8 {
        let letters = zip("tnrfb\"\\".utf8, [9, 10, 13, 12, 8, 34, 92] as [UInt8])
        guard let letter = rest.popFirst() else { throw error("a text has no end") }
        guard let byte = letters.first(where: { $0.0 == letter })?.1 else { throw error("no character is escaped so") }
        return byte
    }

    func error(_ reason: String) -> RecordError { RecordError(at: "byte \(rest.startIndex)", reason) }
}

/// White space, and commas.
private func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == UInt8(ascii: ",") }
