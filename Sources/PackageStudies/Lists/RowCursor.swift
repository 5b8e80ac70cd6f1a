import RepositoryAddresses

/// What is wrong with a list, and at which byte.
package struct RowFault: Error, Sendable {
    package let offset: Int
    let reason: String
}

/// Steps through the rows of a piece of a list.
///
/// It is strict: a quote stands only around a whole field, and each row has as many fields as the header. Blank lines
/// are allowed at the end only.
package struct RowCursor {
    /// Where a field's value lies, without its quotes.
    package struct Field {
        var range: Range<Int> = 0..<0
        /// Whether it holds doubled quotes.
        var isEscaped = false
    }

    package private(set) var fields: [Field]
    /// Where the row begins.
    private(set) var start = 0
    private(set) var next = 0
    private let width: Int
    /// Whether rows of another number of fields are left to the caller, as for a header.
    private let isAnyWidth: Bool

    package init(width: Int, isAnyWidth: Bool = false) {
        self.width = width
        self.isAnyWidth = isAnyWidth
        fields = []
        fields.reserveCapacity(width)
    }

    /// False at the end.
    package mutating func advance(_ text: Span<UInt8>) throws(RowFault) -> Bool {
        start = next
        guard start < text.count else { return false }
        fields.removeAll(keepingCapacity: true)
        while try takeField(text) {}
        if fields.count == width || isAnyWidth { return true }
        if isBlank(text, from: start) {
            next = text.count
            return false
        }
        let shown =
            fields.count == 1 && fields[0].range.isEmpty
            ? "an empty line" : "the row has \(fields.count) of \(width) fields"
        throw RowFault(offset: start, reason: shown)
    }

    /// False when the row has ended.
    private mutating func takeField(_ text: Span<UInt8>) throws(RowFault) -> Bool {
        let begin = next
        if begin < text.count, text[begin] == ASCII.quote { return try takeQuoted(text) }
        var index = begin
        let count = text.count
        while index < count {
            let byte = text[index]
            if byte > 44 { index &+= 1; continue }
            if byte == 44 || byte == 10 { break }
            if byte == ASCII.quote {
                throw RowFault(offset: index, reason: "a quote inside a field that is not quoted")
            }
            index &+= 1
        }
        let ends = index == count || text[index] == 10
        var end = index
        if ends, end > begin, text[end - 1] == 13 { end -= 1 }
        fields.append(Field(range: begin..<end))
        next = min(index + 1, count)
        if ends { return false }
        if next == count {
            fields.append(Field(range: count..<count))
            return false
        }
        return true
    }

    private mutating func takeQuoted(_ text: Span<UInt8>) throws(RowFault) -> Bool {
        let begin = next + 1
        let count = text.count
        var index = begin
        var isEscaped = false
        while true {
            while index < count, text[index] != ASCII.quote { index &+= 1 }
            guard index < count else { throw RowFault(offset: next, reason: "a quote that is never closed") }
            guard index + 1 < count, text[index + 1] == ASCII.quote else { break }
            isEscaped = true
            index += 2
        }
        fields.append(Field(range: begin..<index, isEscaped: isEscaped))
        index += 1
        if index < count, text[index] == 13, index + 1 == count || text[index + 1] == 10 { index += 1 }
        guard index < count else {
            next = count
            return false
        }
        switch text[index] {
        case 44:
            next = index + 1
            if next == count {
                fields.append(Field(range: count..<count))
                return false
            }
            return true
        case 10:
            next = index + 1
            return false
        default: throw RowFault(offset: index, reason: "text behind a closing quote")
        }
    }

    private func isBlank(_ text: Span<UInt8>, from start: Int) -> Bool {
        text.all(in: start..<text.count) { $0 == 10 || $0 == 13 }
    }

    /// Hands over the value of a field with its doubled quotes made single.
    package func value<Answer>(_ index: Int, of text: Span<UInt8>, _ body: (Span<UInt8>) -> Answer) -> Answer {
        let field = fields[index]
        guard field.isEscaped else { return body(text.extracting(field.range)) }
        var plain: [UInt8] = []
        plain.reserveCapacity(field.range.count)
        var at = field.range.lowerBound
        while at < field.range.upperBound {
            plain.append(text[at])
            at += text[at] == ASCII.quote ? 2 : 1
        }
        return body(plain.span)
    }
}
