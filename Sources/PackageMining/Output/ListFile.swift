import Foundation

/// The list: `Go.csv`.
struct ListFile {
    let platform: String
    let header: ListHeader

    /// Writes all rows that the checkpoint holds, in the order of their Package IDs.
    func write(_ checkpoint: any Checkpoint, to url: URL) async throws -> (file: PublishedFile, rows: Int) {
        var file = try OutputFile(url)
        try file.write { CSV.append(header.columns, to: &$0) }
        let count = try await checkpoint.eachPortion { ids in
            let rows = try await checkpoint.rows(of: ids)
            return (text: set(rows), rows: rows.rows.count)
        } take: { text in
            try file.write { $0.append(contentsOf: text) }
        }
        return (try file.publish(), count)
    }

    private func set(_ rows: ListRows) -> [UInt8] {
        var platform: [UInt8] = []
        CSV.append(self.platform.utf8, to: &platform)
        var output: [UInt8] = []
        output.reserveCapacity(rows.text.count + rows.rows.count * (platform.count + 24))
        rows.text.withUnsafeBufferPointer { text in
            for row in rows.rows {
                output.append(contentsOf: row.id.description.utf8)
                output.append(CSV.comma)
                output.append(contentsOf: platform)
                output.append(CSV.comma)
                CSV.append(UnsafeBufferPointer(rebasing: text[row.start..<row.nameEnd]), to: &output)
                appendLink(UnsafeBufferPointer(rebasing: text[row.nameEnd..<row.homepageEnd]), to: &output)
                appendLink(UnsafeBufferPointer(rebasing: text[row.homepageEnd..<row.repositoryEnd]), to: &output)
                output.append(CSV.newline)
            }
        }
        return output
    }

    private func appendLink(_ link: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        output.append(CSV.comma)
        if link.isEmpty { output.append(contentsOf: CSV.missing) } else { CSV.append(link, to: &output) }
    }
}
