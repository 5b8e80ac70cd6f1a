import Foundation
import PackageMining
import Pkgmine
import Synchronization

/// Several runs side by side, for the display: a line each, and one for all.
final class ProgressOfSeveral: ProgressContent {
    /// Where one of them stands.
    private enum Stage {
        /// Until fewer lists are read.
        case waiting
        case running(ProgressOfOne)
        /// - in: words.
        case ended(ProgressOfOne?, in: String)

        var isRunning: Bool { if case .running = self { true } else { false } }

        /// How it has ended, in words.
        var end: String? { if case .ended(_, let words) = self { words } else { nil } }

        var facts: ProgressFacts? {
            switch self {
            case .waiting: nil
            case .running(let progress): progress.facts
            case .ended(let progress, _): progress?.facts
            }
        }
    }

    private struct One {
        let id: String
        var stage = Stage.waiting
        /// What was last told of it to a log, and how often nothing was told since.
        var told: (step: String, turnsAgo: Int) = ("", 0)
        /// Whether its end was told to a program.
        var isEndTold = false
    }

    private let runs: Mutex<[One]>
    private let width: Int

    /// A run that goes on in the same step is told of once in so many turns: twenty would fill a log in a night.
    private static let turnsBetween = 6

    init(_ ids: [String]) {
        runs = Mutex(ids.map { One(id: $0) })
        width = ids.map(\.count).max() ?? 0
    }

    func began(_ id: String, _ progress: RunProgress, _ session: any RegistrySession) {
        change(id) { $0.stage = .running(ProgressOfOne(id, progress, session)) }
    }

    /// - Parameter words: `done     1,234 packages`
    func ended(_ id: String, in words: String) {
        change(id) { one in
            if case .running(let progress) = one.stage {
                one.stage = .ended(progress, in: words)
            } else {
                one.stage = .ended(nil, in: words)
            }
        }
    }

    private func change(_ id: String, _ body: (inout One) -> Void) {
        runs.withLock { runs in
            if let index = runs.firstIndex(where: { $0.id == id }) { body(&runs[index]) }
        }
    }

    /// Where the terminal is too low, those that run come first.
    func live(rows: Int) -> [String] {
        runs.withLock { runs in
            let facts = runs.map { $0.stage.facts }
            let lines = zip(runs, facts).map { (line: line($0, $1), isRunning: $0.stage.isRunning) }
            let room = max(1, rows - 2)
            let total = total(runs, facts)
            if lines.count <= room { return lines.map(\.line) + [total] }
            let chosen = lines.indices.sorted { (lines[$0].isRunning ? 0 : 1, $0) < (lines[$1].isRunning ? 0 : 1, $1) }
                .prefix(room - 1).sorted()
            return chosen.map { lines[$0].line } + ["… and \(lines.count - chosen.count) more", total]
        }
    }

    /// A line for each whose step is another one, and now and then for the others.
    func plain() -> [String] {
        runs.withLock { runs in
            runs.indices.compactMap { index in
                let facts = runs[index].stage.facts
                let step = facts.map { $0.run.step.rawValue } ?? ""
                runs[index].told.turnsAgo += 1
                let isEnd = runs[index].stage.end != nil
                let isDue = !isEnd && facts != nil && runs[index].told.turnsAgo >= Self.turnsBetween
                let now = isEnd ? "end" : step
                guard now != runs[index].told.step || isDue else { return nil }
                runs[index].told = (now, 0)
                if let end = runs[index].stage.end { return "\(runs[index].id) \(end)" }
                return facts.map { ProgressText($0, runs[index].id).plain }
            }
        }
    }

    func json() throws -> [String] {
        try runs.withLock { runs in
            try runs.indices.compactMap { index in
                guard let facts = runs[index].stage.facts, !runs[index].isEndTold else { return nil }
                runs[index].isEndTold = runs[index].stage.end != nil
                return try ProgressJSON(facts, runs[index].id).line()
            }
        }
    }

    private func line(_ one: One, _ facts: ProgressFacts?) -> String {
        if case .running = one.stage, let facts { return ProgressText(facts, one.id).row(width: width) }
        let id = one.id.padding(toLength: width, withPad: " ", startingAt: 0)
        return String(printable("\(id) \(one.stage.end ?? "waits until fewer lists are read")").prefix(79))
    }

    private func total(_ runs: [One], _ facts: [ProgressFacts?]) -> String {
        let ended = runs.count { $0.stage.end != nil }
        let running = zip(runs, facts).filter { $0.0.stage.isRunning }.compactMap(\.1)
        let perSecond = running.reduce(0) { $0 + $1.requestsPerSecond }
        let retries = facts.reduce(0) { $0 + ($1?.session.retries ?? 0) }
        return "\(ended) of \(runs.count) ended; \(grouped(Int(perSecond.rounded())))/s requests, "
            + "\(running.reduce(0) { $0 + $1.session.inFlight }) in flight"
            + (retries > 0 ? ", \(grouped(retries)) retries" : "")
    }
}
