import Foundation
import FuzzProperties
import RepositoryAddresses
import Testing

/// The addresses that public projects test their own parsers with, where the collection is at hand.
@Suite struct CollectedAddressTests {
    struct Row {
        let input: String
        let verdict: String
        let canonical: String
        let never: [String]
        let kind: String
    }

    /// Kinds that the collection calls wishes.
    static let wishes: Set<String> = ["odd", "alias", "reserved"]

    @Test(
        "the collected addresses are judged as their sources judge them",
        .enabled(
            if: RealData.file("repository-urls/urls.tsv") != nil,
            "needs repository-urls/urls.tsv; name its folder in PKGMINE_REAL_DATA"))
    func collected() throws {
        let rows = try Self.rows()
        #expect(rows.count > 400)
        for row in rows {
            let found = try? RepositoryIdentity(of: row.input, shorthand: .means("github.com"))
            let complaint = Self.complaint(row, found?.canonical)
            if let complaint, Self.wishes.contains(row.kind) {
                print("a wish not met: \(row.kind): \(complaint)")
            } else {
                #expect(complaint == nil)
            }
        }
    }

    @Test(
        "of 10,000 mutations of them, none loses a segment that its host does not call a page",
        .enabled(
            if: RealData.file("repository-urls/urls.tsv") != nil,
            "needs repository-urls/urls.tsv; name its folder in PKGMINE_REAL_DATA"))
    func mutations() throws {
        let property = try #require(FuzzProperty.named("address"))
        let inputs = try Self.rows().map { Array($0.input.utf8) }
        var random = SplitMix(state: 1)
        for index in 0..<10_000 {
            let address = mutated(inputs[index % inputs.count], using: &random)
            #expect(property.violation(by: address) == nil)
        }
    }

    private static func complaint(_ row: Row, _ found: String?) -> String? {
        let shown = "\(row.input) -> \(found ?? "none"), not \(row.verdict) \(row.canonical)"
        for never in row.never where found.map(comparable) == comparable(never) { return shown }
        switch row.verdict {
        case "repo": return found.map(comparable) == comparable(row.canonical) ? nil : shown
        case "none": return found == nil ? nil : shown
        default: return nil  // The sources disagree.
        }
    }

    /// The sources differ in the case they keep, in the scheme and in `.git`.
    private static func comparable(_ canonical: String) -> String {
        var text = canonical.lowercased()
        if let scheme = text.range(of: "://") { text = String(text[scheme.upperBound...]) }
        if let at = text.firstIndex(of: "@") { text = String(text[text.index(after: at)...]) }
        while text.hasSuffix("/") { text.removeLast() }
        return text.hasSuffix(".git") ? String(text.dropLast(4)) : text
    }

    private static func rows() throws -> [Row] {
        guard let file = RealData.file("repository-urls/urls.tsv") else { return [] }
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst().map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(unescaped)
            return Row(
                input: fields[0], verdict: fields[1], canonical: fields[2],
                never: fields[3].split(separator: " ").map(String.init), kind: fields[4])
        }
    }

    private static func unescaped(_ field: Substring) -> String {
        String(field).replacing("\\t", with: "\t").replacing("\\n", with: "\n").replacing("\\r", with: "\r")
            .replacing("\\\\", with: "\\")
    }
}
