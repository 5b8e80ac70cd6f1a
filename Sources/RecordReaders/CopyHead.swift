/// The head of a block: `COPY schema.table (column, "Column") FROM stdin;`.
struct CopyHead {
    /// The name with its schema, without quotes.
    let table: String

    let columns: [String]

    /// - Returns: nil for a line that is no head.
    /// - Throws: `RecordError` for one that begins and ends as a head does and cannot be read.
    init?(_ line: ArraySlice<UInt8>, at place: String) throws {
        let start = "COPY ".utf8
        let end = " FROM stdin;".utf8
        guard line.starts(with: start), line.suffix(end.count).elementsEqual(end) else { return nil }
        var rest = line.dropFirst(start.count).dropLast(end.count)
        guard let table = CopyHead.names(&rest, separatedBy: "."), CopyHead.drop(" (", &rest),
            let columns = CopyHead.names(&rest, separatedBy: ", "), CopyHead.drop(")", &rest), rest.isEmpty
        else {
            throw RecordError(at: place, "the head of a table cannot be read")
        }
        self.table = table.joined(separator: ".")
        self.columns = columns
    }

    private static func names(_ rest: inout ArraySlice<UInt8>, separatedBy separator: String) -> [String]? {
        var names: [String] = []
        repeat {
            guard let name = name(&rest) else { return nil }
            names.append(name)
        } while drop(separator, &rest)
        return names
    }

    /// A name, in quotes where it is not plain: a quote inside is doubled.
    private static func name(_ rest: inout ArraySlice<UInt8>) -> String? {
        guard rest.first == UInt8(ascii: "\"") else {
            let name = rest.prefix { !" .,()\"".utf8.contains($0) }
            rest = rest[name.endIndex...]
            return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
        }
        var name: [UInt8] = []
        repeat {
            if !name.isEmpty { name.append(UInt8(ascii: "\"")) }
            let part = rest.dropFirst().prefix { $0 != UInt8(ascii: "\"") }
            name += part
            guard part.endIndex < rest.endIndex else { return nil }
            rest = rest[(part.endIndex + 1)...]
        } while rest.first == UInt8(ascii: "\"")
        return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
    }

    private static func drop(_ text: String, _ rest: inout ArraySlice<UInt8>) -> Bool {
        guard rest.starts(with: text.utf8) else { return false }
        rest = rest.dropFirst(text.utf8.count)
        return true
    }
}
