import PackageMining

/// The last lines of a run: what was done, what was not, and what to do next.
struct Summary {
    let report: RunReport
    let command: String

    func print() throws {
        for line in lines { printError(line) }
        try printResult(report.list.path)
    }

    private var lines: [String] {
        var lines = [
            "\(grouped(report.tally.packages)) packages in the list, \(grouped(report.newPackages)) of them new"
        ]
        if report.resolves {
            let outcomes = Outcome.allCases.compactMap { outcome in
                report.tally.outcomes[outcome].map { "\(grouped($0)) \(outcome.rawValue)" }
            }
            lines.append("looked up \(grouped(report.lookedUp)) now; in all \(outcomes.joined(separator: ", "))")
        } else {
            lines.append("none was looked up; run again without --no-resolve to do so")
        }
        let activity = report.activity
        lines.append("\(grouped(activity.requests)) requests, \(grouped(activity.retries)) of them second attempts")
        if !report.isWhole { lines.append("the list ends where --limit ended it; run again without it to go on") }
        if let problems = report.problems {
            lines.append("not all is settled: \(problems.path) names what is not")
            lines.append("run `\(command)` again to try those, and only those, once more")
        }
        return lines
    }
}
