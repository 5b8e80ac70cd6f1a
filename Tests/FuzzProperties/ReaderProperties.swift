import Foundation
import MavenFormats
import MavenMiner
import PackageStudies
import RegistryXML
import RepositoryAddresses

extension FuzzProperty {
    /// What the reader of lists takes of a file, an obvious one takes as well, and what one refuses the other does.
    static let list = FuzzProperty(
        "list",
        seeds: [
            "Package ID,Platform,Name,Homepage,Repository\n1,Go,a,nan,nan\n", "1,\"a \"\"b\"\"\",\"c\nd\"\r\n2,,\r\n",
            "\"a\"", "a,", "\r\n", "\"\r\",x\r", "",
        ]
    ) { bytes in
        let slow = SlowList(bytes).rows
        let fast = fastRows(bytes)
        return slow == fast ? nil : "\(fast.map { "\($0)" } ?? "refused") for \(slow.map { "\($0)" } ?? "refused")"
    }

    /// Each row that is identified reads back as it went in, with what its address names behind it; what is refused is
    /// refused at a byte of the text.
    static let identifiedRows = FuzzProperty(
        "identified-rows",
        seeds: [
            "NPM,a,\"https://github.com/a/b/tree/x/\"\"c,d\"\"\"\nGo,\"x\ny\",nan\r\n",
            "PyPI,,git@gitlab.com:a/b/c.git\nNPM,a,b/c",
        ],
        rounds: 1000
    ) { bytes in
        var rows = AddressRows(inferring: false)
        do throws(RowFault) {
            try rows.add(
                AddressPiece(path: "", line: 1, bytes: bytes, columns: .table(width: 3, address: 2, platform: 0)))
        } catch {
            return bytes.indices.contains(error.offset) || bytes.isEmpty ? nil : "a fault at byte \(error.offset)"
        }
        guard let found = SlowList(rows.output).rows else { return "what came out is no table" }
        let given = fastRows(bytes, width: 3) ?? []
        guard found.map({ Array($0.prefix(3)) }) == given else { return "\(found) for \(given)" }
        return found.first { $0.count != 9 || !$0[3].isEmpty && $0[3] != canonical(of: $0) }.map { "\($0)" }
    }

    /// What the address of an identified row names by itself.
    private static func canonical(of row: [[UInt8]]) -> [UInt8] {
        do {
            let rule = ShorthandRule(platform: String(decoding: row[0], as: UTF8.self))
            let identity = try RepositoryIdentity(of: String(decoding: row[2], as: UTF8.self), shorthand: rule)
            return Array(identity.canonical.utf8)
        } catch {
            return []
        }
    }

    private static func fastRows(_ bytes: [UInt8], width: Int? = nil) -> [[[UInt8]]]? {
        var cursor = RowCursor(width: width ?? 5, isAnyWidth: width == nil)
        var rows: [[[UInt8]]] = []
        do {
            while try cursor.advance(bytes.span) {
                rows.append(
                    cursor.fields.indices.map { index in
                        cursor.value(index, of: bytes.span) { span in span.indices.map { span[$0] } }
                    })
            }
            return rows
        } catch {
            return nil
        }
    }

    /// A document brings the same records, or the same refusal, in whatever pieces it arrives.
    static let xml = FuzzProperty(
        "xml",
        seeds: [
            "<?xml version=\"1.0\"?><m><p><name>a&amp;b</name><url x=\"1\">é</url></p><p><name/></p></m>",
            "<m xmlns:r=\"urn:r\"><p><r:name><![CDATA[<x>]]></r:name></p></m>",
            "<!DOCTYPE m [<!ENTITY a \"b\">]><m><p><name>&a;</name></p></m>",
        ]
    ) { bytes in
        let whole = records(of: bytes, pieces: max(1, bytes.count))
        for size in [1, 3, 7] where records(of: bytes, pieces: size) != whole {
            return
                "in pieces of \(size): \(String(describing: records(of: bytes, pieces: size))), else \(whole.debugDescription)"
        }
        return nil
    }

    private static func records(of bytes: [UInt8], pieces size: Int) -> [XMLRecord]? {
        let reader = XMLReader(XMLSelection(each: "m/p", taking: ["name", "url"]))
        var found: [XMLRecord] = []
        do {
            for start in stride(from: 0, to: bytes.count, by: size) {
                found += try reader.read(Array(bytes[start..<min(start + size, bytes.count)]))
            }
            return try found + reader.finish()
        } catch {
            // How many records had ended by then depends on the pieces.
            return nil
        }
    }

    /// Records of the Maven index come out the same in whatever pieces the file arrives.
    static let mavenIndex = FuzzProperty("maven-index", seeds: [mavenRecord, mavenRecord + mavenRecord.dropFirst(9)]) {
        bytes in
        let whole = mavenRecords(of: bytes, pieces: max(1, bytes.count))
        for size in [1, 5] where mavenRecords(of: bytes, pieces: size) != whole {
            return "in pieces of \(size): \(mavenRecords(of: bytes, pieces: size)), as a whole: \(whole)"
        }
        return nil
    }

    /// The header of an index and a record with one field (https://maven.apache.org/maven-indexer/).
    private static let mavenRecord: [UInt8] =
        [1, 0, 0, 1, 0, 0, 0, 0, 0] + [0, 0, 0, 1] + [7] + [0, 1] + Array("u".utf8) + [0, 0, 0, 7]
        + Array("g|a|1|x".utf8)

    private static func mavenRecords(of bytes: [UInt8], pieces size: Int) -> [String] {
        var records = IndexRecords()
        var shown: [String] = []
        do {
            for start in stride(from: 0, to: bytes.count, by: size) {
                records.feed(Array(bytes[start..<min(start + size, bytes.count)]))
                while let record = try records.next() { shown.append("\(record)") }
            }
            while let record = try records.finish() { shown.append("\(record)") }
        } catch {
            shown.append("refused")
        }
        return shown
    }
}

/// A reader of lists that does one thing at a time: RFC 4180, lines ended by LF or CRLF, quotes around whole fields.
private struct SlowList {
    private let bytes: [UInt8]
    private var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// All rows; nil where the text is no list.
    var rows: [[[UInt8]]]? {
        var reader = self
        var rows: [[[UInt8]]] = []
        while reader.at < bytes.count {
            guard let row = reader.row() else { return nil }
            rows.append(row)
        }
        return rows
    }

    private mutating func row() -> [[UInt8]]? {
        var fields: [[UInt8]] = []
        while true {
            guard let field = byte == quote ? quoted() : plain() else { return nil }
            fields.append(field)
            guard byte == comma else { break }
            at += 1
        }
        at += 1
        return fields
    }

    private mutating func plain() -> [UInt8]? {
        let field = bytes[at...].prefix { $0 != comma && $0 != newline }
        at = field.endIndex
        if field.contains(quote) { return nil }
        return Array(byte != comma && field.last == carriageReturn ? field.dropLast() : field)
    }

    private mutating func quoted() -> [UInt8]? {
        var field: [UInt8] = []
        at += 1
        while let next = byte {
            at += 1
            if next != quote {
                field.append(next)
            } else if byte == quote {
                field.append(quote)
                at += 1
            } else {
                let rest = bytes[at...].prefix(2)
                if rest == [carriageReturn] || rest == [carriageReturn, newline] { at += 1 }
                return byte == nil || byte == comma || byte == newline ? field : nil
            }
        }
        return nil
    }

    private var byte: UInt8? { at < bytes.count ? bytes[at] : nil }
}

private let comma = UInt8(ascii: ",")
private let quote = UInt8(ascii: "\"")
private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
