import Foundation

/// `Go.audit.csv`: a row for each name that only the list has, or only the source that it was held against. Absent where
/// there is none.
struct AuditFile {
    static let columns = ["Kind", "Name", "Detail"]

    let report: AuditReport

    /// - Returns: the file, or nil where there are no differences.
    func write(_ names: any NameComparison) async throws -> (file: PublishedFile, rows: Int)? {
        var file = try OutputFile(report.file)
        try file.write { CSV.append(Self.columns, to: &$0) }
        try await write(onlyInList: false, names, to: &file)
        if report.onlyInList != nil { try await write(onlyInList: true, names, to: &file) }
        if report.rows > 0 { return (try file.publish(), report.rows) }
        try file.discard()
        return nil
    }

    private func write(onlyInList: Bool, _ names: any NameComparison, to file: inout OutputFile) async throws {
        let kind = Array((onlyInList ? "only in list" : "only in \(report.witness)").utf8)
        let detail = Array(self.detail(onlyInList: onlyInList).utf8)
        var after: [UInt8]?
        while true {
            let portion = try await names.differences(onlyInList: onlyInList, after: after, limit: 1_000)
            guard let last = portion.last else { return }
            after = last
            for name in portion {
                try file.write { buffer in
                    for (index, field) in [kind, name, detail].enumerated() {
                        if index > 0 { buffer.append(CSV.comma) }
                        CSV.append(field, to: &buffer)
                    }
                    buffer.append(CSV.newline)
                }
            }
        }
    }

    private func detail(onlyInList: Bool) -> String {
        let entries = "the \(grouped(report.testimony.entries)) records of the \(report.witness)"
        return onlyInList
            ? "none of \(entries) names it" : "one or more of \(entries) name it, and the list does not"
    }
}
