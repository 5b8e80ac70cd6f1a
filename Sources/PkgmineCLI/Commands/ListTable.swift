import Foundation
import PackageMining

/// The lists of a folder, a row each, and what is to be done next: lines of at most 79 columns.
package struct ListTable {
    private let rows: [ListRow]
    private let folder: String

    /// Whether a command follows that goes on with all of them.
    private let isGoneOnWith: Bool

    package init(rows: [ListRow], folder: String, isGoneOnWith: Bool = false) {
        self.rows = rows
        self.folder = folder
        self.isGoneOnWith = isGoneOnWith
    }

    package var lines: [String] {
        let cells = [Self.heading] + rows.map(cells)
        let widths = Self.heading.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        let table = cells.map { row in
            zip(row, widths).enumerated().map { column, cell in
                let blanks = String(repeating: " ", count: cell.1 - cell.0.count)
                return Self.numbers.contains(column) ? blanks + cell.0 : cell.0 + blanks
            }.joined(separator: "  ").trimmingSuffix(while: \.isWhitespace)
        }
        return table.map(String.init) + next
    }

    private static let heading = ["ecosystem", "state", "packages", "linked", "problems", "when (UTC)"]
    private static let numbers: ClosedRange = 2...4

    private func cells(of row: ListRow) -> [String] {
        [row.id, row.state.rawValue] + [row.packages, row.linked, row.problems].map { $0.map(grouped) ?? "-" }
            + [row.when.map { String($0.ISO8601Format().prefix(16)).replacing("T", with: " ") } ?? "-"]
    }

    /// A line for each list that something is to be done for.
    private var next: [String] {
        let lines = rows.flatMap { row in
            row.changes.map { "`\(command(row.id))` writes anew: \(printable($0))" } + [next(row)].compactMap(\.self)
        }
        return lines.isEmpty ? [] : ["", "next, with the options of the last run:"] + lines.map { "  \($0)" }
    }

    private func next(_ row: ListRow) -> String? {
        switch row.next {
        case .goOn: isGoneOnWith ? nil : "`\(command(row.id))` goes on"
        case .run(let what): "`\(command(row.id))` \(what)"
        case .know(let what): "\(row.id): \(printable(what))"
        case nil: nil
        }
    }

    private func command(_ id: String) -> String {
        let isDefault = folder == ListArguments.defaultFolder
        return CommandWords(isDefault ? [id] : [id, "-o", folder]).text
    }
}

extension String {
    fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> Substring {
        var rest = self[...]
        while let last = rest.last, isTrimmed(last) { rest.removeLast() }
        return rest
    }
}
