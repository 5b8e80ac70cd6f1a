import Foundation

/// The list: `Go.csv`.
struct ListFile {
    let platform: String
    let header: ListHeader

    /// Writes all rows that the checkpoint holds, in the order of their Package IDs.
    func write(_ checkpoint: any Checkpoint, to url: URL) async throws -> (file: PublishedFile, rows: Int) {
        var file = try OutputFile(url)
        try file.write { CSV.append(header.columns, to: &$0) }
        var platform: [UInt8] = []
        CSV.append(self.platform.utf8, to: &platform)
        var count = 0
        var rows = try await checkpoint.rows(after: 0, limit: Self.portion)
        while let last = rows.next {
            async let next = checkpoint.rows(after: last, limit: Self.portion)
            count += rows.rows.count
            try file.write { append(rows, platform: platform, to: &$0) }
            rows = try await next
        }
        return (try file.publish(), count)
    }

    /// How many rows are read while as many are written.
    private static let portion = 5_000

    private func append(_ rows: ListRows, platform: [UInt8], to output: inout [UInt8]) {
        rows.text.withUnsafeBufferPointer { text in
            for row in rows.rows {
                output.append(contentsOf: String(row.number).utf8)
                output.append(CSV.comma)
                output.append(contentsOf: platform)
                output.append(CSV.comma)
                CSV.append(UnsafeBufferPointer(rebasing: text[row.start..<row.nameEnd]), to: &output)
                appendLink(UnsafeBufferPointer(rebasing: text[row.nameEnd..<row.homepageEnd]), to: &output)
                appendLink(UnsafeBufferPointer(rebasing: text[row.homepageEnd..<row.repositoryEnd]), to: &output)
                output.append(CSV.newline)
            }
        }
    }

    private func appendLink(_ link: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        output.append(CSV.comma)
        if link.isEmpty { output.append(contentsOf: CSV.missing) } else { CSV.append(link, to: &output) }
    }
}
