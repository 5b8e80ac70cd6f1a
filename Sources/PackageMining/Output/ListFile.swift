import Foundation

/// The list: `Go.csv`.
struct ListFile {
    let platform: String
    let header: ListHeader

    /// How many rows are read and set at once: of a list of millions so many that nothing is lost by beginning anew each
    /// time, of a short one no more than a small part of what the run needs anyway.
    private static func portion(of rows: Int) -> Int { min(max(2_000, rows / 50), 20_000) }

    /// Writes all rows that the checkpoint holds, in the order of their Package IDs.
    func write(_ checkpoint: any Checkpoint, to url: URL) async throws -> (file: PublishedFile, rows: Int) {
        var file = try OutputFile(url)
        try file.write { CSV.append(header.columns, to: &$0) }
        var count = 0
        let last = try await checkpoint.lastPackageID()?.rawValue ?? 0
        let portion = Self.portion(of: last)
        try await inOrder(stride(from: 1, through: last, by: portion)) { first in
            let end = min(first + portion, last + 1)
            let rows = try await checkpoint.rows(of: PackageID(rawValue: first)..<PackageID(rawValue: end))
            return (text: set(rows), rows: rows.rows.count)
        } take: { portion in
            count += portion.rows
            try file.write { $0.append(contentsOf: portion.text) }
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
