import Foundation

extension ListDifference {
    /// Writes a row a change, by platform, name and kind of change. The file is the old one or the whole new one.
    public func write(to path: String) throws {
        let header = [
            "Change", "Platform", "Name", "Old Homepage", "New Homepage", "Old Repository", "New Repository",
        ]
        try StudyError.ofOutput {
            var file = try CSVFile(URL(filePath: path), header: header)
            for entry in changes {
                let (platform, name) = subject(entry)
                file.field(entry.change.rawValue)
                file.field(platform)
                file.field(name)
                for column in [ListColumn.homepage, .repository] {
                    file.field(entry.old.map { old.field(column, $0) } ?? [])
                    file.field(entry.new.map { new.field(column, $0) } ?? [])
                }
                try file.endRow()
            }
            try file.publish()
        }
    }

    /// A line an ecosystem and a line a kind of change, for a terminal.
    public func summaryText() -> String {
        var lines: [String] = []
        for summary in summaries {
            lines.append("\(summary.ecosystem): \(summary.old) -> \(summary.new) packages")
            for change in Change.allCases {
                if let count = summary.changes[change] { lines.append("  \(change.rawValue): \(count)") }
            }
        }
        if repeated > 0 { lines.append("\(repeated) rows repeat a package of their own list") }
        return lines.joined(separator: "\n")
    }
}
