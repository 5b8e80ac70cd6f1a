import Foundation
import PkgmineCLI
import Testing

@Suite("The table of lists")
struct ListTableTests {
    private func row(
        _ id: String, _ state: ListRow.State, _ packages: Int? = nil, next: ListRow.Next? = nil
    ) -> ListRow {
        var row = ListRow(id: id, state)
        row.packages = packages
        row.linked = packages.map { $0 / 2 }
        row.problems = packages.map { _ in 0 }
        row.when = packages.map { Date(timeIntervalSince1970: 1_700_000_000 + Double($0)) }
        row.next = next
        return row
    }

    @Test("The table of lists says of each what it holds, and below it what is to be done next")
    func tells() {
        var changed = row("go", .complete, 2_236_178)
        changed.changes = ["Go.csv is gone", "Go.problems.csv is of 3 bytes, not 1,200"]
        let rows = [
            changed, row("npm", .stopped, 3_456_789, next: .goOn),
            row("maven", .limited, 10, next: .run(what: "lists what --limit has left out")),
            row("hex", .running, 5, next: .know("process 7 on box works on it")),
            row("rpm", .notBegun, next: .goOn),
        ]
        let table = [
            "ecosystem  state       packages     linked  problems  when (UTC)",
            "go         complete   2,236,178  1,118,089         0  2023-12-10 19:22",
            "npm        stopped    3,456,789  1,728,394         0  2023-12-24 22:26",
            "maven      limited           10          5         0  2023-11-14 22:13",
            "hex        running            5          2         0  2023-11-14 22:13",
            "rpm        not begun          -          -         -  -",
        ]
        #expect(
            ListTable(rows: rows, folder: "my lists").lines == table
                + [
                    "", "next, with the options of the last run:",
                    "  `pkgmine go -o 'my lists'` writes anew: Go.csv is gone",
                    "  `pkgmine go -o 'my lists'` writes anew: Go.problems.csv is of 3 bytes, not 1,200",
                    "  `pkgmine npm -o 'my lists'` goes on",
                    "  `pkgmine maven -o 'my lists'` lists what --limit has left out",
                    "  hex: process 7 on box works on it",
                    "  `pkgmine rpm -o 'my lists'` goes on",
                ])
        #expect(
            ListTable(rows: rows, folder: "Package-List", isGoneOnWith: true).lines == table + [
                "", "next, with the options of the last run:", "  `pkgmine go` writes anew: Go.csv is gone",
                "  `pkgmine go` writes anew: Go.problems.csv is of 3 bytes, not 1,200",
                "  `pkgmine maven` lists what --limit has left out",
                "  hex: process 7 on box works on it",
            ])
    }

    @Test("The table of lists fits 80 columns with the longest words that it knows")
    func fits() {
        let lines = ListTable(rows: [row("homebrew-cask", .neverFinished, 9_876_543)], folder: "x").lines
        for line in lines { #expect(line.count <= 80, "\(line)") }
    }
}
