import Foundation
package import PackageMining

/// A run at one moment in words: three lines of at most 79 columns, one line, or JSON.
package struct ProgressText {
    private let facts: ProgressFacts
    private let id: String

    package init(_ facts: ProgressFacts, _ id: String) {
        self.facts = facts
        self.id = id
    }

    package var lines: [String] {
        [headline, "   " + found, "   " + wire].map { String(printable($0).prefix(79)) }
    }

    package var plain: String {
        printable([headline, found, wire].filter { !$0.isEmpty }.joined(separator: "; "))
    }

    /// One line beside those of other runs, behind the ecosystem's id: of at most 79 columns.
    ///
    /// - Parameter width: of the longest id.
    package func row(width: Int) -> String {
        let hosts = facts.session.pausedHosts.joined(separator: ", ")
        let id = id.padding(toLength: width, withPad: " ", startingAt: 0)
        let isBegun = facts.run.step != .list || facts.run.entries > 0
        let waiting = "waiting for \(hosts)"
        let told = hosts.isEmpty ? step + speed : isBegun ? "\(step), \(waiting)" : "list     \(waiting)"
        return String(printable("\(id) \(told)").prefix(79))
    }

    private var headline: String {
        let isLookUp = facts.run.step == .resolve
        return "\(id) " + (isLookUp ? "resolve  \(bar) \(lookedUp)" : step) + speed
    }

    /// The step, and how far it is.
    private var step: String {
        let run = facts.run
        switch run.step {
        case .list: return "list     \(grouped(run.entries)) entries on \(grouped(run.pages)) pages"
        case .number: return "number   \(grouped(run.newPackages)) new packages"
        case .resolve:
            let percent = "\(Int(share * 100))%"
            return "resolve  \(String(repeating: " ", count: 4 - percent.count))\(percent) \(lookedUp)"
        case .audit:
            let all = run.entriesToRead.map { " of \(grouped($0))" } ?? ""
            return "audit    \(grouped(run.auditedEntries))\(all) records"
        case .publish: return "publish"
        case .done: return "done     \(done)"
        }
    }

    /// How fast it goes, where it is a step that takes time.
    private var speed: String {
        switch facts.run.step {
        case .list:
            ", \(perSecond(facts.entriesPerSecond))" + (facts.run.entriesToRead == nil ? "" : ", ETA \(remaining)")
        case .resolve: ", \(perSecond(facts.lookUpsPerSecond)), ETA \(remaining)"
        case .audit: ", \(perSecond(facts.entriesPerSecond)), ETA \(remaining)"
        case .number, .publish, .done: ""
        }
    }

    private var lookedUp: String { "\(grouped(facts.run.lookedUp)) of \(grouped(facts.run.toLookUp))" }

    private var share: Double {
        facts.run.toLookUp == 0 ? 0 : min(1, Double(facts.run.lookedUp) / Double(facts.run.toLookUp))
    }

    private var done: String {
        let run = facts.run
        let mined = "\(grouped(run.entries)) entries read, \(grouped(run.lookedUp)) looked up"
        guard run.stepDurations[.audit] != nil else { return mined }
        let audited = "\(grouped(run.auditedEntries)) records verified"
        return run.stepDurations[.resolve] == nil ? audited : "\(mined), \(audited)"
    }

    private var found: String {
        if facts.run.step == .list {
            let problems = facts.run.listProblems
            return "\(grouped(facts.run.newPackages)) new packages"
                + (problems > 0 ? ", \(grouped(problems)) problems" : "")
        }
        if facts.run.step == .audit {
            return "\(grouped(facts.run.auditedPages)) tiles, \(perSecond(facts.pagesPerSecond))"
        }
        return outcomePhrase(facts.run.outcomes, atMost: 4)
    }

    private var wire: String {
        let session = facts.session
        var parts = ["\(perSecond(facts.requestsPerSecond)) requests", "\(session.inFlight) in flight"]
        if session.retries > 0 { parts.append("\(grouped(session.retries)) retries") }
        if !session.pausedHosts.isEmpty {
            parts.insert("waiting for \(session.pausedHosts.joined(separator: ", "))", at: 0)
        }
        return parts.joined(separator: ", ")
    }

    /// `[######..............]`
    private var bar: String {
        let width = 20
        let full = min(width, Int(share * Double(width)))
        return "[" + String(repeating: "#", count: full) + String(repeating: ".", count: width - full) + "]"
    }

    private func perSecond(_ value: Double) -> String {
        "\(grouped(Int(value.rounded())))/s"
    }

    private var remaining: String {
        guard let seconds = facts.remainingSeconds else { return "-" }
        if seconds < 90 { return "\(Int(seconds)) s" }
        return seconds < 5_400 ? "\(Int(seconds / 60)) min" : String(format: "%.1f h", seconds / 3_600)
    }
}

/// `18,008 resolved, 1,196 no repository, 400 gone, 396 other`: the most frequent first.
package func outcomePhrase(_ outcomes: [Outcome: Int], atMost count: Int) -> String {
    let sorted = outcomes.sorted { ($0.value, $1.key.rawValue) > ($1.value, $0.key.rawValue) }
    let told = sorted.count > count ? sorted.prefix(count - 1) : sorted[...]
    var parts = told.map { "\(grouped($0.value)) \($0.key.rawValue)" }
    let others = sorted.dropFirst(told.count).reduce(0) { $0 + $1.value }
    if others > 0 { parts.append("\(grouped(others)) other") }
    return parts.joined(separator: ", ")
}
