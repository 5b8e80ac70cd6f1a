import MiningStore
import Testing

@Suite("The table of names")
struct NameTableTests {
    private func insert(_ name: String, _ row: PackageRow, into table: inout NameTable) -> PackageRow? {
        withBytes(name) { table.insert(NameHash($0), row: row) }
    }

    @Test("The table of names finds every name again under its row, and takes no two for one")
    func finds() {
        var table = NameTable()
        let names =
            (0..<20_000).map { "github.com/owner-\($0 % 97)/name-\($0)" } + ["é", "e\u{301}", "", "a\u{0}", "a"]
        for (index, name) in names.enumerated() {
            #expect(insert(name, PackageRow(rawValue: UInt32(index + 1)), into: &table) == nil)
        }
        #expect(table.count == names.count)
        for (index, name) in names.enumerated() {
            #expect(insert(name, 99_999_999, into: &table) == PackageRow(rawValue: UInt32(index + 1)))
        }
        #expect(table.count == names.count)
    }

    @Test("The table of names forgets the names of a transaction that came to nothing, and none of the others")
    func forgets() {
        var table = NameTable()
        let rows = (1...5_000).map(PackageRow.init(rawValue:))
        for row in rows { _ = insert("name-\(row.rawValue)", row, into: &table) }
        table.removeAll(from: 3_001)
        #expect(table.count == 3_000)
        for row in rows[..<3_000] { #expect(insert("name-\(row.rawValue)", 9_000, into: &table) == row) }
        #expect(insert("name-3001", 3_001, into: &table) == nil)
    }
}
