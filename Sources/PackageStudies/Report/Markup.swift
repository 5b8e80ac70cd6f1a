import Foundation
import PackageMining
import RepositoryAddresses

/// Text of lists on its way into a page.
enum Markup {
    /// Never markup, and control characters and direction overrides as escapes.
    static func text(_ text: String, limit: Int = 300, keepingLines: Bool = false) -> String {
        if keepingLines {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            return lines.map { self.text(String($0), limit: limit) }.joined(separator: "\n")
        }
        var safe = ""
        for character in printable(text, limit: limit).unicodeScalars {
            switch character {
            case "&": safe += "&amp;"
            case "<": safe += "&lt;"
            case ">": safe += "&gt;"
            case "\"": safe += "&quot;"
            case "'": safe += "&#39;"
            default: safe.unicodeScalars.append(character)
            }
        }
        return safe
    }

    /// `1,234,567`
    static func number(_ value: Int) -> String {
        var digits = String(value.magnitude)
        var grouped = ""
        while digits.count > 3 {
            grouped = "," + digits.suffix(3) + grouped
            digits.removeLast(3)
        }
        return (value < 0 ? "-" : "") + digits + grouped
    }

    /// `12.3 %`, without a locale.
    static func share(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return "–" }
        let tenths = (Double(part) * 1000 / Double(whole)).rounded()
        return "\(Int(tenths) / 10).\(Int(tenths) % 10) %"
    }

    /// A link that holds the data of a plot.
    static func dataLink(_ rows: [[String]], file: String, about plot: String) -> String {
        var csv: [UInt8] = []
        for row in rows { CSV.append(row, to: &csv) }
        let safe = percentEncoded(csv)
        return """
            <p class="data"><a download="\(file)" href="data:text/csv;charset=utf-8,\(safe)">Data of this plot (CSV)\
            <span class="hidden">: \(text(plot))</span></a></p>
            """
    }

    private static func percentEncoded(_ bytes: [UInt8]) -> String {
        var text = ""
        for byte in bytes {
            if ASCII.isAlphanumeric(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return text
    }
}

/// A length in a drawing, without a needless fraction.
func px(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(abs(tenths % 10))"
}
