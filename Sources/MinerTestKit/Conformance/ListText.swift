import Foundation
import PackageMining

/// The list that a fixture stands for, written by the rule (RFC 4180) and not by the framework's own writer.
func listText(of rows: [ExpectedRow], platform: String) -> [UInt8] {
    var text = Array("Package ID,Platform,Name,Homepage,Repository\n".utf8)
    for (index, row) in rows.enumerated() where row.outcome != .withdrawn {
        let fields = [row.name, row.homepage, row.repository].map { $0.map { quoted(Array($0.utf8)) } }
        text += Array("\(index + 1),".utf8) + quoted(Array(platform.utf8))
        for field in fields { text += [UInt8(ascii: ",")] + (field ?? Array("nan".utf8)) }
        text.append(UInt8(ascii: "\n"))
    }
    return text
}

func quoted(_ field: [UInt8]) -> [UInt8] {
    let quote = UInt8(ascii: "\"")
    guard field.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return field }
    return [quote] + field.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
}

/// The fields of each row, as any reader of RFC 4180 finds them.
func readCSV(_ text: [UInt8]) -> [[[UInt8]]] {
    var rows: [[[UInt8]]] = []
    var row: [[UInt8]] = []
    var field: [UInt8] = []
    var isQuoted = false
    var index = 0
    while index < text.count {
        let byte = text[index]
        index += 1
        switch byte {
        case UInt8(ascii: "\"") where isQuoted && index < text.count && text[index] == byte:
            field.append(byte)
            index += 1
        case UInt8(ascii: "\""): isQuoted.toggle()
        case UInt8(ascii: ",") where !isQuoted:
            row.append(field)
            field = []
        case UInt8(ascii: "\n") where !isQuoted:
            rows.append(row + [field])
            (row, field) = ([], [])
        default: field.append(byte)
        }
    }
    return row.isEmpty && field.isEmpty ? rows : rows + [row + [field]]
}

/// The first line that is not as it should be, in words that are safe to print.
package func firstDifference(of found: [UInt8], from expected: [UInt8]) -> String? {
    if found == expected { return nil }
    let newline = UInt8(ascii: "\n")
    let lines = found.split(separator: newline, omittingEmptySubsequences: false)
    let wanted = expected.split(separator: newline, omittingEmptySubsequences: false)
    let line = zip(lines, wanted).prefix { $0.0 == $0.1 }.count
    func shown(_ lines: [ArraySlice<UInt8>]) -> String { line < lines.count ? quotation(of: lines[line]) : "nothing" }
    let counts = lines.count == wanted.count ? "" : "the list has \(lines.count - 1) lines, not \(wanted.count - 1); "
    let text = "\(counts)line \(line + 1) is \(shown(lines)), not \(shown(wanted))"
    guard line < min(lines.count, wanted.count) else { return text }
    return text + differingBytes(of: lines[line], from: wanted[line])
}

/// Where two texts differ in what eyes do not tell apart, the bytes from there on; else nothing.
private func differingBytes(of found: ArraySlice<UInt8>, from wanted: ArraySlice<UInt8>) -> String {
    var place = zip(found, wanted).prefix { $0.0 == $0.1 }.count
    while place > 0, found.dropFirst(place).first.map(isInsideScalar) ?? false { place -= 1 }
    let rests = [found, wanted].map { $0.dropFirst(place).prefix(8) }
    guard rests.contains(where: { $0.first.map { !isPlain($0) } ?? false }) else { return "" }
    return "; in bytes from the \(place + 1)th on \(hex(rests[0])), not \(hex(rests[1]))"
}

/// A text between quotes, safe to print.
private func quotation(of text: some Collection<UInt8>) -> String {
    "\"\(printable(String(decoding: text, as: UTF8.self)))\""
}

/// A name between quotes, and its bytes where it may look like another one.
package func shownName(_ name: some Collection<UInt8>) -> String {
    let bytes = name.allSatisfy(isPlain) ? "" : " (\(hex(name.prefix(24)))\(name.count > 24 ? " …" : ""))"
    return quotation(of: name) + bytes
}

private func hex(_ bytes: some Collection<UInt8>) -> String {
    if bytes.isEmpty { return "nothing" }
    return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
}

/// Whether a byte is a sign of ASCII that shows.
private func isPlain(_ byte: UInt8) -> Bool { (0x21...0x7E).contains(byte) }

private func isInsideScalar(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
