/// CSV, a thing at a time: a row is a list of fields, each quoted or not.
struct SlowCSV {
    private typealias Field = (text: [UInt8], isQuoted: Bool)

    private let bytes: [UInt8]
    private var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The wanted columns of each row; nil where the text is refused.
    func rows(of columns: [String]) -> [[[UInt8]?]]? {
        var reader = self
        guard let header = reader.row()?.map({ Array(String(decoding: $0.text, as: UTF8.self).utf8) }),
            Set(header).count == header.count
        else { return nil }
        let places = columns.compactMap { header.firstIndex(of: Array($0.utf8)) }
        guard places.count == columns.count else { return nil }
        var rows: [[[UInt8]?]] = []
        while reader.at < bytes.count {
            guard let row = reader.row() else { return nil }
            if row.count == 1 && row[0].text.isEmpty && !row[0].isQuoted && header.count > 1 { continue }
            guard row.count == header.count else { return nil }
            rows.append(places.map { row[$0].text.isEmpty && !row[$0].isQuoted ? nil : row[$0].text })
        }
        return rows
    }

    private mutating func row() -> [Field]? {
        var row: [Field] = []
        while true {
            guard let field = byte == 0x22 ? quoted() : plain() else { return nil }
            row.append(field)
            if byte == 0x0D {
                at += 1
                guard byte == 0x0A else { return nil }
            }
            guard let end = byte, end == 0x2C || end == 0x0A else { return nil }
            at += 1
            if end == 0x0A { return row }
        }
    }

    private mutating func plain() -> Field? {
        let text = bytes[at...].prefix { ![0x2C, 0x0A, 0x0D].contains($0) }
        at = text.endIndex
        return text.contains(0x22) ? nil : (Array(text), false)
    }

    private mutating func quoted() -> Field? {
        var text: [UInt8] = []
        at += 1
        while let next = byte {
            at += 1
            if next == 0x22 {
                guard byte == 0x22 else { return (text, true) }
                at += 1
            }
            text.append(next)
        }
        return nil
    }

    private var byte: UInt8? { at < bytes.count ? bytes[at] : nil }
}

/// A dump, line by line.
enum SlowCopy {
    /// The wanted columns of each row of a table; nil where the dump is refused.
    static func rows(of columns: [String], in table: String, _ bytes: [UInt8]) -> [[[UInt8]?]]? {
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
        guard lines.popLast() == [] else { return nil }
        var rows: [[[UInt8]?]]?
        var at = 0
        while at < lines.count {
            let line = lines[at]
            at += 1
            guard line.starts(with: "COPY ".utf8), line.reversed().starts(with: " FROM stdin;".utf8.reversed()),
                line.count >= 17
            else { continue }
            guard let head = head(Array(line.dropFirst(5).dropLast(12))) else { return nil }
            guard let end = lines[at...].firstIndex(of: Array("\\.".utf8)) else { return nil }
            if head.table.utf8.elementsEqual(table.utf8) {
                guard rows == nil, let found = self.rows(lines[at..<end], of: columns, among: head.columns) else {
                    return nil
                }
                rows = found
            }
            at = end + 1
        }
        return rows
    }

    private static func rows(
        _ lines: ArraySlice<[UInt8]>, of columns: [String], among names: [String]
    ) -> [[[UInt8]?]]? {
        let names = names.map { Array($0.utf8) }
        let places = columns.compactMap { names.firstIndex(of: Array($0.utf8)) }
        guard places.count == columns.count, Set(names).count == names.count else { return nil }
        var rows: [[[UInt8]?]] = []
        for line in lines {
            let fields = line.split(separator: 0x09, omittingEmptySubsequences: false).map(Array.init)
            guard fields.count == names.count else { return nil }
            var row: [[UInt8]?] = []
            for place in places {
                if fields[place] == Array("\\N".utf8) {
                    row.append(nil)
                } else {
                    guard let text = text(fields[place]) else { return nil }
                    row.append(text)
                }
            }
            rows.append(row)
        }
        return rows
    }

    /// Names, in quotes or not, between the marks that must stand between them.
    private static func head(_ bytes: [UInt8]) -> (table: String, columns: [String])? {
        var names: [String] = []
        var marks: [String] = []
        var at = 0
        while at < bytes.count {
            var name: [UInt8] = []
            if bytes[at] == 0x22 {
                at += 1
                while true {
                    guard at < bytes.count else { return nil }
                    if bytes[at] == 0x22 {
                        at += 1
                        guard at < bytes.count, bytes[at] == 0x22 else { break }
                    }
                    name.append(bytes[at])
                    at += 1
                }
            } else {
                while at < bytes.count, !Array(" .,()\"".utf8).contains(bytes[at]) {
                    name.append(bytes[at])
                    at += 1
                }
            }
            if name.isEmpty { return nil }
            names.append(String(decoding: name, as: UTF8.self))
            var mark: [UInt8] = []
            while at < bytes.count, Array(" .,()".utf8).contains(bytes[at]) {
                mark.append(bytes[at])
                at += 1
            }
            marks.append(String(decoding: mark, as: UTF8.self))
        }
        guard let open = marks.firstIndex(of: " ("), marks[..<open].allSatisfy({ $0 == "." }), marks.last == ")",
            marks[(open + 1)...].dropLast().allSatisfy({ $0 == ", " }), open < marks.count - 1
        else { return nil }
        return (names[...open].joined(separator: "."), Array(names[(open + 1)...]))
    }

    private static func text(_ field: [UInt8]) -> [UInt8]? {
        var text: [UInt8] = []
        var rest = field.map { Character(UnicodeScalar($0)) }[...]
        while let next = rest.popFirst() {
            guard next == "\\" else {
                text.append(byte(next))
                continue
            }
            guard let kind = rest.popFirst() else { return nil }
            let octal = kind.isOctal ? [kind] + rest.prefix(2).prefix { $0.isOctal } : []
            let hexadecimal = kind == "x" ? Array(rest.prefix(2).prefix { $0.isASCII && $0.isHexDigit }) : []
            if !octal.isEmpty {
                rest = rest.dropFirst(octal.count - 1)
                text.append(UInt8(truncatingIfNeeded: Int(String(octal), radix: 8) ?? 0))
            } else if !hexadecimal.isEmpty {
                rest = rest.dropFirst(hexadecimal.count)
                text.append(UInt8(String(hexadecimal), radix: 16) ?? 0)
            } else {
                text.append(["b": 8, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11][kind] ?? byte(kind))
            }
        }
        return text
    }

    private static func byte(_ character: Character) -> UInt8 {
        UInt8(truncatingIfNeeded: character.unicodeScalars.first?.value ?? 0)
    }
}

extension Character {
    fileprivate var isOctal: Bool { ("0"..."7").contains(self) }
}

/// deb822, line by line.
enum SlowStanzas {
    /// The fields of each stanza, a name and the lines of its value; nil where the text is refused.
    static func of(_ bytes: [UInt8]) -> [[[String]]]? {
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
        guard lines.popLast() == [] else { return nil }
        lines.removeAll { $0.first == 0x23 }
        var stanzas: [[[String]]] = []
        for stanza in lines.split(whereSeparator: { trimmed($0).isEmpty }) {
            guard let fields = fields(of: stanza) else { return nil }
            stanzas.append(fields)
        }
        return stanzas
    }

    private static func fields(of lines: ArraySlice<[UInt8]>) -> [[String]]? {
        var fields: [[String]] = []
        for line in lines {
            if blanks.contains(line[0]) {
                guard !fields.isEmpty else { return nil }
                // The marks keep what stands before the text from being trimmed.
                fields[fields.count - 1].append(text(Array(trimmed([0x21] + line.dropFirst()).dropFirst())))
                continue
            }
            guard let colon = line.firstIndex(of: 0x3A), colon > 0, line[0] != 0x2D,
                line[..<colon].allSatisfy({ $0 > 0x20 && $0 < 0x7F })
            else { return nil }
            let name = text(Array(line[..<colon]))
            if fields.contains(where: { $0[0].lowercased() == name.lowercased() }) { return nil }
            fields.append([name, text(trimmed(Array(line[(colon + 1)...])))])
        }
        return fields
    }

    private static let blanks: [UInt8] = [0x20, 0x09, 0x0D]

    private static func trimmed(_ line: [UInt8]) -> [UInt8] {
        var line = line
        while let first = line.first, blanks.contains(first) { line.removeFirst() }
        while let last = line.last, blanks.contains(last) { line.removeLast() }
        return line
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
