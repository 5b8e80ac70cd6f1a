import Foundation
import PackageMining

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

    private var headline: String {
        let run = facts.run
        switch run.step {
        case .list:
            return "\(id) list     \(grouped(run.entries)) entries on \(grouped(run.pages)) pages, "
                + "\(perSecond(facts.entriesPerSecond))" + (run.entriesToRead == nil ? "" : ", ETA \(remaining)")
        case .number: return "\(id) number   \(grouped(run.newPackages)) new packages"
        case .resolve:
            return "\(id) resolve  \(bar) \(grouped(run.lookedUp)) of \(grouped(run.toLookUp)), "
                + "\(perSecond(facts.lookUpsPerSecond)), ETA \(remaining)"
        case .audit:
            let all = run.entriesToRead.map { " of \(grouped($0))" } ?? ""
            return "\(id) audit    \(grouped(run.auditedEntries))\(all) records, \(perSecond(facts.entriesPerSecond)), "
                + "ETA \(remaining)"
        case .publish: return "\(id) publish"
        case .done: return "\(id) done     \(done)"
        }
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
        let share = facts.run.toLookUp == 0 ? 0 : Double(facts.run.lookedUp) / Double(facts.run.toLookUp)
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
func outcomePhrase(_ outcomes: [Outcome: Int], atMost count: Int) -> String {
    let sorted = outcomes.sorted { ($0.value, $1.key.rawValue) > ($1.value, $0.key.rawValue) }
    let told = sorted.count > count ? sorted.prefix(count - 1) : sorted[...]
    var parts = told.map { "\(grouped($0.value)) \($0.key.rawValue)" }
    let others = sorted.dropFirst(told.count).reduce(0) { $0 + $1.value }
    if others > 0 { parts.append("\(grouped(others)) other") }
    return parts.joined(separator: ", ")
}
