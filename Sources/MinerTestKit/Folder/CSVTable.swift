import Foundation
import PackageMining

/// A CSV file by its header.
struct CSVTable: Sendable {
    private(set) var header: [String] = []
    private(set) var rows: [[String: String]] = []

    init() {}

    /// Nil where there is no such file.
    init?(at url: URL) throws {
        guard FileManager.default.fileExists(atPath: url.path) else { return nil }
        let rows = readCSV(Array(try Data(contentsOf: url))).map { $0.map { String(decoding: $0, as: UTF8.self) } }
        header = rows.first ?? []
        for (index, row) in rows.enumerated().dropFirst() {
            guard row.count == header.count else {
                throw FixtureFolderError(
                    "\(url.lastPathComponent), row \(index + 1) has \(row.count) fields, and its header \(header.count)"
                )
            }
            self.rows.append(Dictionary(zip(header, row)) { $1 })
        }
    }

    /// The rows of a list: those of the columns `Name`, `Homepage` and `Repository`, and `Outcome` where
    /// it does not follow from these.
    var expectedRows: [ExpectedRow] {
        get throws {
            guard header.contains("Name") else { throw FixtureFolderError("expected.csv has no column Name") }
            return rows.map { row in
                func link(_ column: String) -> String? {
                    row[column].flatMap { ["", "nan"].contains($0) ? nil : $0 }
                }
                return ExpectedRow(
                    row["Name"] ?? "", homepage: link("Homepage"), repository: link("Repository"),
                    outcome: row["Outcome"].flatMap(Outcome.init))
            }
        }
    }
}
