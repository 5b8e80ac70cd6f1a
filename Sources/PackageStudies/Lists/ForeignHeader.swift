import RepositoryAddresses

/// A first line that is not the header of a list: what is wrong with it, and what to do.
struct ForeignHeader {
    let reason: String
    let hint: String

    init(reason: String, hint: String = StudyError.whatAListIs) {
        self.reason = reason
        self.hint = hint
    }

    init(_ names: [[UInt8]]) {
        let line = Array(names.joined(separator: [UInt8(ascii: ",")]))
        if names.count > 1, Self.isIndexName(names[0]), ListColumns(header: Array(names.dropFirst())) != nil {
            self.init(
                reason: "a column of row numbers stands before those of a list, as pandas and R add it",
                hint: "write the list without it: to_csv(path, index=False) in pandas, row.names = FALSE in R")
        } else if line.contains(13) {
            self.init(reason: "the lines end with carriage returns alone", hint: "save the list again with line feeds")
        } else if line.starts(with: "sep=".utf8) {
            self.init(reason: "the first line is Excel's \"sep=\", not the header of a list", hint: "remove that line")
        } else {
            let shown = "\"\(String(decoding: line, as: UTF8.self).prefix(200))\" is not the header of a list"
            self = Self(separated: line) ?? Self(reason: shown)
        }
    }

    /// Nil where the line is not a list's header with something else than commas between the names.
    init?(separated line: [UInt8]) {
        guard let name = Self.separators.first(where: { Self.isHeader(line, by: $0.byte) })?.name else { return nil }
        self.init(
            reason: "the columns are separated by \(name), not by commas",
            hint: "save the list again with commas (in Excel: \"CSV UTF-8 (Comma delimited)\")")
    }

    private static let separators = [
        (byte: UInt8(ascii: ";"), name: "semicolons"), (byte: 9, name: "tabs"), (byte: UInt8(ascii: "|"), name: "bars"),
    ]

    /// Nothing, or what pandas calls a column that had no name: `Unnamed: 0`, `Unnamed: 0.1`.
    private static func isIndexName(_ name: [UInt8]) -> Bool { name.isEmpty || name.starts(with: "Unnamed: ".utf8) }

    private static func isHeader(_ line: [UInt8], by separator: UInt8) -> Bool {
        let names = line.split(separator: separator, omittingEmptySubsequences: false).map { name in
            let isQuoted = name.count > 1 && name.first == ASCII.quote && name.last == ASCII.quote
            return Array(isQuoted ? name.dropFirst().dropLast() : name)
        }
        return ListColumns(header: names) != nil
    }
}
