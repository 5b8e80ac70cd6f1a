import Foundation
/// What the words of a template stand for at a place of it.
struct TemplateScope {
    /// Words that are not columns.
    static let words: Set<String> = [
        "number", "base", "count", "page", "page0", "next", "sha256", "size", "after", "from", "skip", "limit",
    ]

    /// All that the registry tells of, and what of it is told here.
    let told: ToldRows
    var rows: Range<Int>

    /// Whose columns the words are outside of `{each}`.
    var row: PackageRow?
    var place = PageAsked()

    /// `http://127.0.0.1:PORT`
    let base: String

    /// What is known of documents by the labels in their names.
    let sums: [String: DocumentFacts]

    init(_ told: ToldRows, rows: Range<Int>? = nil, base: String, sums: [String: DocumentFacts] = [:]) {
        self.told = told
        self.rows = rows ?? 0..<told.count
        self.base = base
        self.sums = sums
        row = self.rows.last.map { told[$0] }
    }

    func value(of word: String, _ argument: String?) -> String {
        if let value = row?.values[word] { return written(value, argument) }
        return switch word {
        case "number": row.map { written(String($0.number), argument) } ?? ""
        case "base": base
        case "count": String(argument == "once" ? told.countOnce : told.count)
        case "page": String(place.number)
        case "page0": String(place.number - 1)
        case "next": place.next(told, behind: rows)
        case "sha256": argument.flatMap { sums[$0]?.sha256 } ?? ""
        case "size": argument.flatMap { sums[$0].map { String($0.size) } } ?? ""
        default: written("", argument)
        }
    }

    /// A scope for each time that a section is written.
    func scopes(of section: TextTemplate.Section) -> [TemplateScope] {
        switch section {
        case .each: rows.map { at($0..<$0 + 1) }
        case .more: rows.upperBound < told.count ? [self] : []
        case .pages:
            stride(from: 0, to: told.count, by: told.pageSize).map { start in
                var scope = at(start..<min(start + told.pageSize, told.count))
                scope.place.number = start / told.pageSize + 1
                return scope
            }
        }
    }

    private func at(_ rows: Range<Int>) -> TemplateScope {
        var scope = self
        scope.rows = rows
        scope.row = told[rows.upperBound - 1]
        return scope
    }
}

/// What a list of files says of one.
struct DocumentFacts: Sendable {
    let sha256: String
    /// In bytes.
    let size: Int
}

/// A value as the template wants it written.
private func written(_ value: String, _ form: String?) -> String {
    switch form {
    case "json": value.isEmpty ? "null" : jsonString(value)
    case "xml": escaped(value, ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "\r": "&#13;"])
    case "csv": String(decoding: quoted(Array(value.utf8)), as: UTF8.self)
    case "copy": value.isEmpty ? "\\N" : escaped(value, ["\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"])
    case "url": escapedForURL(value)
    case "lower": value.lowercased()
    case "time": Int(value).map(time) ?? value
    default: value
    }
}

private func escaped(_ text: String, _ escapes: [Unicode.Scalar: String]) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
        if let escape = escapes[scalar] { result += escape } else { result.unicodeScalars.append(scalar) }
    }
}

/// That many seconds behind the beginning of 2026.
private func time(_ seconds: Int) -> String {
    Date(timeIntervalSince1970: TimeInterval(1_767_225_600 + seconds)).ISO8601Format()
}

/// All but the unreserved characters of RFC 3986 escaped.
private func escapedForURL(_ text: String) -> String {
    text.utf8.reduce(into: "") { result, byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
            result.unicodeScalars.append(Unicode.Scalar(byte))
        default: result += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
        }
    }
}

/// The text as JSON writes it (https://www.rfc-editor.org/rfc/rfc8259#section-7).
private func jsonString(_ text: String) -> String {
    let body = text.unicodeScalars.reduce(into: "") { result, scalar in
        switch scalar {
        case "\"", "\\": result += "\\\(scalar)"
        case "\0"..<" ":
            let digits = String(scalar.value, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: result.unicodeScalars.append(scalar)
        }
    }
    return "\"\(body)\""
}
