/// Comma-separated values by RFC 4180, with LF behind each row: the one way in which this tool writes them.
package enum CSV {
    package static let comma = UInt8(ascii: ",")
    package static let newline = UInt8(ascii: "\n")
    package static let quote = UInt8(ascii: "\"")

    /// What stands for a missing link.
    static let missing = Array("nan".utf8)

    /// Appends a field, in quotes where it holds a comma, a quote or a line break: a lone CR too, which many readers
    /// take for the end of a row.
    package static func append(_ field: some Collection<UInt8>, to row: inout [UInt8]) {
        guard field.contains(where: isSpecial) else { return row.append(contentsOf: field) }
        row.append(quote)
        for byte in field {
            if byte == quote { row.append(quote) }
            row.append(byte)
        }
        row.append(quote)
    }

    package static func append(_ fields: [String], to output: inout [UInt8]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { output.append(comma) }
            append(field.utf8, to: &output)
        }
        output.append(newline)
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte == comma || byte == quote || byte == newline || byte == UInt8(ascii: "\r")
    }
}
