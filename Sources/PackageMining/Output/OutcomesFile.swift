import Foundation

/// `Go.outcomes.csv`: how the look-up of each package of the list ended, when, and for which release. It says why a `nan`
/// of the list is `nan`.
///
/// A row for each of the list's, in its order. The time is when the run began that looked the package up: whatever was
/// killed or asked again in between, the run brings the same bytes.
struct OutcomesFile {
    static let columns = ["Name", "Outcome", "Asked", "Release"]

    /// Of a package that was listed and not looked up. It has no time and no release.
    static let notAsked = "not asked"

    /// Whatever may stand in the column of outcomes. What is withdrawn is not in the list.
    static var words: [String] { Outcome.allCases.filter { $0 != .withdrawn }.map(\.rawValue) + [notAsked] }

    /// Writes all rows of the list, and puts them on the disk: the file takes its place with the list.
    func write(_ checkpoint: any Checkpoint, to url: URL) async throws -> WholeFile {
        var file = try OutputFile(url)
        try file.write { CSV.append(Self.columns, to: &$0) }
        let count = try await checkpoint.eachPortion { ids in
            let rows = try await checkpoint.outcomes(of: ids)
            return (text: set(rows), rows: rows.rows.count)
        } take: { text in
            try file.write { $0.append(contentsOf: text) }
        }
        try file.sync()
        return WholeFile(file: file, rows: count)
    }

    private func set(_ rows: OutcomeRows) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(rows.text.count + rows.rows.count * 48)
        var time = WrittenTime()
        rows.text.withUnsafeBufferPointer { text in
            for row in rows.rows {
                CSV.append(UnsafeBufferPointer(rebasing: text[row.start..<row.nameEnd]), to: &output)
                output.append(CSV.comma)
                CSV.append((row.outcome?.rawValue ?? Self.notAsked).utf8, to: &output)
                output.append(CSV.comma)
                if let asked = row.asked { output.append(contentsOf: time.text(of: asked)) }
                output.append(CSV.comma)
                CSV.append(UnsafeBufferPointer(rebasing: text[row.nameEnd..<row.releaseEnd]), to: &output)
                output.append(CSV.newline)
            }
        }
        return output
    }
}

/// A file that is whole and on the disk, and not yet in its place.
struct WholeFile: ~Copyable {
    private let file: OutputFile
    private let rows: Int

    init(file: consuming OutputFile, rows: Int) {
        self.file = file
        self.rows = rows
    }

    consuming func publish() throws -> ListEntry.FileFacts { ListEntry.FileFacts((try file.publish(), rows)) }
}

/// Times in words. Rows that follow one another mostly have the same.
private struct WrittenTime {
    private var last: (seconds: Int, text: String)?

    mutating func text(of seconds: Int) -> String.UTF8View {
        if let last, last.seconds == seconds { return last.text.utf8 }
        let text = Date(timeIntervalSince1970: Double(seconds)).ISO8601Format()
        last = (seconds, text)
        return text.utf8
    }
}
