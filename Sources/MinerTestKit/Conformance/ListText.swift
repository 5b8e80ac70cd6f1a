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

private func quoted(_ field: [UInt8]) -> [UInt8] {
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
func firstDifference(of found: [UInt8], from expected: [UInt8]) -> String? {
    if found == expected { return nil }
    let newline = UInt8(ascii: "\n")
    let lines = found.split(separator: newline, omittingEmptySubsequences: false)
    let wanted = expected.split(separator: newline, omittingEmptySubsequences: false)
    let line = zip(lines, wanted).prefix { $0.0 == $0.1 }.count
    func bytes(_ lines: [ArraySlice<UInt8>]) -> [UInt8]? { line < lines.count ? Array(lines[line]) : nil }
    let count = lines.count == wanted.count ? "" : "the list has \(lines.count - 1) lines, not \(wanted.count - 1); "
    return "\(count)line \(line + 1) is \(shown(bytes(lines), besides: bytes(wanted)))"
}

/// A line and the one that it should be. Those that look alike are told apart by their bytes.
private func shown(_ found: [UInt8]?, besides expected: [UInt8]?) -> String {
    let texts = [found, expected].map { line in
        line.map { "\"\(printable(String(decoding: $0, as: UTF8.self)))\"" } ?? "nothing"
    }
    let isAlike = texts[0].precomposedStringWithCanonicalMapping == texts[1].precomposedStringWithCanonicalMapping
    guard isAlike, let found, let expected else { return "\(texts[0]), not \(texts[1])" }
    return "\(texts[0]) in the bytes \(hexadecimal(found)), not \(hexadecimal(expected))"
}

private func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
}
