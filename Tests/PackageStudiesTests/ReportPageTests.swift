import Foundation
import PackageStudies
import Testing

/// What a report's page does with names that nobody would think of.
@Suite struct ReportPageTests {
    static let names = [
        String(repeating: "A", count: 300), "\u{202E}" + String(repeating: "x", count: 80), "\u{1B}[31mred",
        String(repeating: "שלום", count: 40), String(repeating: "中", count: 120), "<table>&\"'",
    ]

    private func page(_ body: (borrowing Lists) throws -> Void = { _ in }) async throws -> String {
        let lists = try Lists()
        let rows = Self.names.enumerated().map { index, name in
            "\(index),\"\(name.replacing("\"", with: "\"\""))\",\(name.filter(\.isLetter)),nan,https://github.com/o/r\n"
        }
        let path = try lists.write("x.csv", Lists.header + rows.joined())
        try body(lists)
        let numbers = try await ReportNumbers(
            try await Comparison.of([path]), provenance: [.beside(path)], made: "2026-01-31",
            firstAppearances: { _ in [Date(timeIntervalSince1970: 0)] })
        return ReportPage(numbers).html()
    }

    /// Measured in a browser at 320 and 360 pixels; what it takes is held here.
    @Test("words break anywhere, and what is wider than a narrow window scrolls in a box of its own")
    func narrow() async throws {
        let page = try await page()
        #expect(page.contains("body{margin:0;overflow-wrap:anywhere;"))
        #expect(page.contains(".scroll{overflow-x:auto}"))
        #expect(page.matches(of: /[^{}]*\{[^{}]*white-space:(?:nowrap|pre)[;}]/).count == 2)
        #expect(page.contains("th,td{padding:5px 8px;") && page.contains(".hidden{position:absolute;width:1px;"))
        let outside = page.replacing(/<div class="scroll"[^>]*>[\s\S]*?<\/div>/, with: "")
        #expect(page.contains("<table>") && page.contains("<svg "))
        #expect(!outside.contains(/<(?:table|svg|img)\b/))
        #expect(!outside.contains(/<[^>]* (?:style|width)=/))
    }

    @Test("no name of a list is markup, and directions and control characters are shown as escapes")
    func safe() async throws {
        let page = try await page()
        #expect(page.contains("&lt;table&gt;&amp;&quot;&#39;"))
        #expect(page.contains("\\u{202E}xxx") && page.contains("\\u{1B}[31mred"))
        let unsafe = page.unicodeScalars.filter { $0 != "\n" && $0.value < 32 || $0.value == 0x202E }
        #expect(unsafe.isEmpty)
    }

    @Test("a data package that cannot be read is told from one that is not there")
    func provenance() async throws {
        #expect(try await page().contains("<p>x.csv: no data package describes this list.</p>"))
        let damaged = try await page { _ = try $0.write("datapackage.json", "{") }
        #expect(damaged.contains("<p>x.csv: its datapackage.json cannot be read ("))
    }
}
