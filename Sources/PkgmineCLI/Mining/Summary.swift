import Foundation
package import PackageMining

/// The last lines of a run: what was done, what was not, and what to do next.
package struct Summary {
    private let report: RunReport
    private let command: String

    package init(report: RunReport, command: String) {
        self.report = report
        self.command = command
    }

    /// - Parameter told: whether in words; where progress is JSON, its last object tells the same.
    func print(told: Bool) throws {
        if told { for line in lines { printError(line) } }
        let list = report.list.relativePath
        do {
            try printResult(list)
        } catch var failure as ResultNotWritten {
            failure.list = list
            throw failure
        }
    }

    package var lines: [String] {
        let activity = report.activity
        var lines = [
            "\(grouped(report.tally.listed)) packages in the list, \(grouped(report.newPackages)) of them new; "
                + "\(grouped(activity.requests)) requests, \(grouped(activity.retries)) of them again"
        ]
        if report.resolves {
            lines.append("\(grouped(report.lookedUp)) looked up now; in all:")
            lines += Outcome.allCases.compactMap { outcome in
                let told = outcome == .withdrawn ? "\(outcome.rawValue): not in the list" : outcome.rawValue
                return report.tally.outcomes[outcome].map { "\(padded(grouped($0)))  \(told)" }
            }
        } else {
            lines.append("none was looked up; run again without --no-resolve to do so")
        }
        if !report.isWhole { lines.append("the list ends where --limit ended it; run again without it to go on") }
        if let refused = report.refused { lines += told(refused) }
        if let problems = report.problems {
            let counts = report.tally.problemsInWords.map { "\($0); " } ?? ""
            lines.append("not all is settled: \(counts)\(problems.relativePath) names each")
            if report.tally.problems.contains(where: { $0.key != .shrunken }) {
                lines.append(
                    "what is wrong in the registry's list stays named until that is read anew, as by a run with --fresh"
                )
            }
            if report.tally.outcomes.contains(where: { !$0.key.isSettled }) {
                lines.append("hint: run `\(command)` again to ask for these packages once more, and for no others")
            }
        }
        return lines
    }

    private func told(_ refused: ListChange) -> [String] {
        [
            "the registry's list was not taken, and the list is as it was: \(grouped(refused.known)) packages were known, "
                + "\(grouped(refused.told)) are told of now, \(grouped(refused.kept)) of them known",
            "hint: run `\(command)` again to read it anew, or with --accept-shrinking if this is meant",
        ]
    }

    private func padded(_ number: String) -> String {
        String(repeating: " ", count: max(0, 12 - number.count)) + number
    }
}
