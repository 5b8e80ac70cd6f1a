import Foundation
import PackageMining

/// A run at one moment in words: two lines of at most 80 columns, one line, or JSON.
struct ProgressText {
    private let facts: ProgressFacts
    private let id: String

    init(_ facts: ProgressFacts, _ id: String) {
        self.facts = facts
        self.id = id
    }

    var lines: [String] {
        [headline, detail].map { String(printable($0).prefix(79)) }
    }

    var plain: String {
        printable("\(headline); \(detail.trimmingCharacters(in: .whitespaces))")
    }

    var json: String {
        let run = facts.run
        var fields: [String: Any] = [
            "ecosystem": id, "step": run.step.rawValue, "pages": run.pages, "entries": run.entries,
            "newPackages": run.newPackages, "toLookUp": run.toLookUp, "lookedUp": run.lookedUp,
            "outcomes": Dictionary(uniqueKeysWithValues: run.outcomes.map { ($0.key.rawValue, $0.value) }),
            "listProblems": run.listProblems, "requests": facts.session.requests, "retries": facts.session.retries,
            "receivedBytes": facts.session.receivedBytes, "inFlight": facts.session.inFlight,
            "pausedHosts": facts.session.pausedHosts,
            "requestsPerSecond": (facts.requestsPerSecond * 10).rounded() / 10,
        ]
        fields["stepSeconds"] = Dictionary(
            uniqueKeysWithValues: run.stepDurations.map { step, duration in
                (step.rawValue, (duration / .milliseconds(1)).rounded() / 1e3)
            })
        if let seconds = facts.remainingSeconds { fields["remainingSeconds"] = seconds.rounded() }
        let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
        let data = try? JSONSerialization.data(withJSONObject: fields, options: options)
        return data.map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    private var headline: String {
        let run = facts.run
        switch run.step {
        case .list:
            return "\(id) list     \(grouped(run.entries)) entries, \(grouped(run.newPackages)) new packages, "
                + "\(perSecond(facts.entriesPerSecond)) entries"
        case .number: return "\(id) number   \(grouped(run.newPackages)) new packages"
        case .resolve:
            let share = run.toLookUp == 0 ? 100 : Double(run.lookedUp) * 100 / Double(run.toLookUp)
            let percent = String(format: "%.1f%%", share)
            return "\(id) resolve  \(percent) of \(grouped(run.toLookUp)), \(perSecond(facts.lookUpsPerSecond)), "
                + "ETA \(remaining)"
        case .publish: return "\(id) publish"
        case .done: return "\(id) done     \(grouped(run.entries)) entries read, \(grouped(run.lookedUp)) looked up"
        }
    }

    private var detail: String {
        let session = facts.session
        var parts: [String] = []
        if facts.run.step == .list {
            parts.append("\(grouped(facts.run.pages)) pages")
        } else {
            parts += Outcome.allCases.compactMap { outcome in
                facts.run.outcomes[outcome].map { "\(grouped($0)) \(outcome.rawValue)" }
            }
        }
        parts.append("\(perSecond(facts.requestsPerSecond)) requests, \(session.inFlight) in flight")
        if session.retries > 0 { parts.append("\(grouped(session.retries)) retries") }
        if !session.pausedHosts.isEmpty {
            parts.insert("waiting for \(session.pausedHosts.joined(separator: ", "))", at: 0)
        }
        return "   " + parts.joined(separator: ", ")
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
