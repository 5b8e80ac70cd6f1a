import Foundation

/// The problems file: `Go.problems.csv`, a row for each thing that is not settled or not right. Absent where there is
/// nothing to tell.
struct ProblemsFile {
    static let columns = ["Kind", "Subject", "Detail"]

    /// - Returns: the file, or nil where there are no problems.
    func write(_ checkpoint: any Checkpoint, to url: URL) async throws -> (file: PublishedFile, rows: Int)? {
        var file = try OutputFile(url)
        try file.write { CSV.append(Self.columns, to: &$0) }
        let listed = try await writeListProblems(checkpoint, to: &file)
        let failed = try await writeFailures(checkpoint, to: &file)
        if listed + failed > 0 { return (try file.publish(), listed + failed) }
        try file.discard()
        return nil
    }

    private func writeListProblems(_ checkpoint: any Checkpoint, to file: inout OutputFile) async throws -> Int {
        var count = 0
        var after: Problem?
        while true {
            let problems = try await checkpoint.listProblems(after: after, limit: 1_000)
            guard let last = problems.last else { return count }
            after = last
            count += problems.count
            try write(problems, to: &file)
        }
    }

    private func writeFailures(_ checkpoint: any Checkpoint, to file: inout OutputFile) async throws -> Int {
        var count = 0
        var after: PackageID?
        while true {
            let failed = try await checkpoint.failedPackages(after: after, limit: 1_000)
            guard let last = failed.last else { return count }
            after = last.package
            count += failed.count
            try write(failed.map(\.problem), to: &file)
        }
    }

    private func write(_ problems: [Problem], to file: inout OutputFile) throws {
        for problem in problems {
            try file.write { CSV.append([problem.kind.rawValue, problem.subject, problem.detail], to: &$0) }
        }
    }
}
