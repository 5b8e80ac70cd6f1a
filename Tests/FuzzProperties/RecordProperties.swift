import RecordReaders
import RegistryDocuments
import RegistryJSON

/// Each reader is held against a slow twin that has the whole stream before it: the same records, or both refuse, in
/// whatever pieces the stream arrives.
extension FuzzProperty {
    init<Reader: RecordReader, Found: Equatable & SendableMetatype>(
        _ name: String, seeds: [String], reader: @escaping @Sendable () -> Reader,
        found: @escaping @Sendable ([Reader.Record]) -> Found, twin: @escaping @Sendable ([UInt8]) -> Found?
    ) {
        self.init(name, seeds: seeds) { bytes in
            difference(of: bytes, reader: reader, found: found, from: twin(bytes))
        }
    }

    static let lines = FuzzProperty(
        "lines", seeds: ["a\n\nb\r\nc", "\n"], reader: { LineReader(limit: 12) }, found: { $0.map(Array.init) },
        twin: { bytes in
            let lines = bytes.split(separator: 10, omittingEmptySubsequences: false).map(Array.init)
            return lines.contains { $0.count > 12 } ? nil : lines.last == [] ? lines.dropLast() : lines
        })

    /// Line by line, the same strings as of the whole body at once.
    static let ndjson = FuzzProperty(
        "ndjson", seeds: ["{\"a\":\"x\",\"b\":{\"c\":\"é\"}}\n \n{\"a\":1}\r\n[]", "{\"a\":\"\"}\n{\n\n"],
        reader: { JSONLines(["/a", "/b/c"]) },
        found: { lines in
            lines.map { line in
                if case .success(let strings) = line.strings { shown(line.number, strings) } else { shown(line.number) }
            }
        },
        twin: { bytes in
            var reader = JSONReader(["/a", "/b/c"])
            let table = reader.table(ofLinesIn: bytes)
            let rows = (0..<table.count).map { row in
                (table.line(row), shown(table.line(row), [table.string(row, 0), table.string(row, 1)]))
            }
            let others = table.unreadable.map { ($0.line, shown($0.line)) }
            return (rows + others).sorted { $0.0 < $1.0 }.map(\.1)
        })

    private static func shown(_ line: Int, _ strings: [String?]? = nil) -> String {
        "\(line): \(strings.map { "\($0)" } ?? "unreadable")"
    }

    static let csvByHeader = FuzzProperty(
        "csv-by-header", seeds: ["id,x,name\n1,\"a,\"\"\n\",b\r\n\n2,,\"\"\n", "name,\"id\"\n", "id,name\n\"\",\\N\n"],
        reader: { CSVReader(columns: ["name", "id"]) }, found: { $0.map(\.values) },
        twin: { SlowCSV(Array($0)).rows(of: ["name", "id"]) })

    /// In pieces the same elements as of the whole page at once.
    static let html = FuzzProperty(
        "html",
        seeds: [
            "<html><!-- <a> --><META name='n' content=\"a>b\"/><a href=x>A&amp;<b>b</b></a><script>'<a>'</script></html>",
            "<a href='a/'>a</a><a>b<a href=\"c\" x>&#39;&#x41;</a><style>a > b</style><!---->",
        ], reader: { HTMLElements(["a", "meta"], limit: 40) }, found: \.self,
        twin: { try? HTMLElements.records(of: $0, by: HTMLElements(["a", "meta"], limit: 40)) })

    /// What is read has no option that was not written.
    static let ini = FuzzProperty(
        "ini", seeds: ["[a]\nx = 1\n  2\n\n# c\ny: 3\n[DEFAULT]\nz=4\n", " [a]b]\n a=\r\n  b\r\n"]
    ) { bytes in
        guard let file = try? INIFile(bytes) else { return nil }
        let text = String(decoding: bytes, as: UTF8.self).lowercased()
        return file["a"].keys.first { !text.contains($0) }.map { "an option \($0)" }
    }

    static let copyText = FuzzProperty(
        "copy-text",
        seeds: [
            "--\nCOPY p.t (id, \"na me\") FROM stdin;\n1\ta\\tb\\\\\n\\N\t\\x4A\\101\\q\\v\\b\n\\.\n\n",
            "COPY o (a) FROM stdin;\nx\n\\.\nCOPY \"p\".t (\"na me\", id) FROM stdin;\n\\.\n",
        ], reader: { CopyReader([CopyReader.Table("p.t", columns: ["na me", "id"])]) },
        found: { $0.map(\.fields.values) }, twin: { SlowCopy.rows(of: ["na me", "id"], in: "p.t", $0) })

    static let stanzas = FuzzProperty(
        "stanzas", seeds: ["# c\nA: b \n c\n\t d\n\nB:\n\n", "a:b\nc-D: e\n #.\n"], reader: { StanzaReader() },
        found: { $0.map { stanza in stanza.fields.map { [$0.name] + $0.lines } } }, twin: { SlowStanzas.of($0) })

    /// A value that is read is written back as it was, but for escapes that need not be.
    static let hstore = FuzzProperty(
        "hstore", seeds: [#""a"=>"1", "b\"\\"=>NULL, ""=>"""#, #""a"=>"\b""#]
    ) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        guard let store = HStore(text) else { return nil }
        let written = store.pairs.map { "\(quoted($0.key))=>\($0.value.map(quoted) ?? "NULL")" }
            .joined(separator: ", ")
        if HStore(written) != store { return "\(store) is another when it is written, \(written)" }
        let hasOtherEscapes = !text.contains(#/\\[^"\\]/#) && !written.utf8.elementsEqual(text.utf8)
        return hasOtherEscapes ? "\(written) for \(text)" : nil
    }

    /// A message that is read and written again is the same.
    static let protobuf = FuzzProperty(
        "protobuf",
        seeds: ["\u{0A}\u{03}abc\u{10}\u{01}", "\u{0A}\u{05}\u{0A}\u{01}x\u{08}\u{07}", "\u{1D}abcd\u{19}abcdefgh"]
    ) { bytes in
        guard let message = try? ProtobufMessage(bytes[...]) else { return nil }
        func varint(_ number: UInt64) -> [UInt8] {
            number < 0x80 ? [UInt8(number)] : [UInt8(number & 0x7F) | 0x80] + varint(number >> 7)
        }
        let written = message.fields.flatMap { field -> [UInt8] in
            switch field.value {
            case .number(let number): varint(field.number << 3) + varint(number)
            case .bytes(let bytes): varint(field.number << 3 | 2) + varint(UInt64(bytes.count)) + bytes
            }
        }
        let again = try? ProtobufMessage(written[...])
        return again == message ? nil : "\(message) is another when it is written"
    }

    private static func quoted(_ text: String) -> String {
        "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }

    /// Archives as they are, and with all checksums made right: few changes would be seen behind a wrong one.
    static let tar = FuzzProperty("tar", seeds: SlowTar.seeds, rounds: 300) { bytes in
        for archive in [bytes, SlowTar.signed(bytes)] {
            let difference = difference(
                of: archive, reader: { TarReader { $0.name.utf8.count % 3 != 0 } }, found: SlowTar.members,
                from: SlowTar(archive).members { $0.utf8.count % 3 != 0 })
            if let difference { return difference }
        }
        return nil
    }
}

func difference<Reader: RecordReader, Found: Equatable & SendableMetatype>(
    of bytes: [UInt8], reader: () -> Reader, found: ([Reader.Record]) -> Found, from twin: Found?
) -> String? {
    for size in [1, 3, 509, max(1, bytes.count)] {
        let fast = records(of: bytes, by: reader(), pieces: size).map(found)
        if fast != twin { return "in pieces of \(size): \(shown(fast)) for \(shown(twin))" }
    }
    return nil
}

/// - Returns: nil where the stream is refused.
private func records<Reader: RecordReader>(
    of bytes: [UInt8], by reader: Reader, pieces size: Int
) -> [Reader.Record]? {
    var reader = reader
    var records: [Reader.Record] = []
    do {
        for start in stride(from: 0, to: bytes.count, by: size) {
            reader.feed(Array(bytes[start..<min(start + size, bytes.count)]))
            while let record = try reader.next() { records.append(record) }
        }
        while let record = try reader.finish() { records.append(record) }
        return records
    } catch {
        return nil
    }
}

private func shown<Found>(_ found: Found?) -> String { found.map { "\($0)" } ?? "refused" }
