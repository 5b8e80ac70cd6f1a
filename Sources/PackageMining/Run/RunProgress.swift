import Foundation
import Synchronization

/// Where a run stands: written by its steps, read by whoever shows it.
public final class RunProgress: Sendable {
    /// The steps of a run, in their order.
    public enum Step: String, Codable, CaseIterable, Sendable {
        case list, number, resolve, audit, publish, done
    }

    /// A run at one moment.
    public struct Snapshot: Sendable {
        public var step = Step.list
        public var stepBegan = ContinuousClock.now
        /// How long the steps took that are done.
        public var stepDurations: [Step: Duration] = [:]
        /// The processor time that the whole process spent in each of them.
        public var stepProcessorTimes: [Step: Duration] = [:]
        var processorTimeBefore = processorTime()
        public var isResumed = false
        public var isUpdate = false
        public var pages = 0
        public var entries = 0

        /// How many entries are to be read in this process, where the list, or in an audit the witness, says so.
        public var entriesToRead: Int?

        /// What an audit has read of its witness.
        public var auditedPages = 0
        public var auditedEntries = 0
        public var newPackages = 0
        public var toLookUp = 0
        public var lookedUp = 0
        public var outcomes: [Outcome: Int] = [:]
        public var listProblems = 0

        /// Whether the run was stopped and has published what was known by then.
        public var isPublishedSoFar = false

        public init() {}
    }

    private let state = Mutex(Snapshot())

    public init() {}

    public func snapshot() -> Snapshot {
        state.withLock { $0 }
    }

    func began(_ run: OpenRun) {
        state.withLock {
            $0.isResumed = run.isResumed
            $0.isUpdate = run.isUpdate
        }
    }

    /// The audit builds on what an earlier one has stored.
    func goesOn(_ audit: OpenRun) {
        state.withLock {
            $0.isResumed = $0.isResumed || audit.isResumed
            $0.isUpdate = $0.isUpdate || audit.isUpdate
        }
    }

    func enter(_ step: Step) {
        let now = ContinuousClock.now
        let spent = processorTime()
        state.withLock {
            $0.stepDurations[$0.step, default: .zero] += $0.stepBegan.duration(to: now)
            $0.stepProcessorTimes[$0.step, default: .zero] += spent - $0.processorTimeBefore
            $0.processorTimeBefore = spent
            $0.step = step
            $0.stepBegan = now
            $0.entriesToRead = nil
        }
    }

    /// The list has so many more entries.
    func expect(_ entries: Int) {
        state.withLock { $0.entriesToRead = ($0.entriesToRead ?? 0) + entries }
    }

    func kept(_ page: Page, newPackages: Int) {
        state.withLock {
            let read = page.read ?? (1, page.count)
            guard $0.step != .audit else {
                $0.auditedPages += read.answers
                $0.auditedEntries += read.entries
                return
            }
            $0.pages += read.answers
            $0.entries += read.entries
            $0.newPackages += newPackages
            $0.listProblems += page.problems.count
        }
    }

    func beginResolving(_ count: Int) {
        state.withLock { $0.toLookUp = count }
    }

    func publishedSoFar() {
        state.withLock { $0.isPublishedSoFar = true }
    }

    func stored(_ outcomes: [LookedUp]) {
        state.withLock {
            $0.lookedUp += outcomes.count
            for outcome in outcomes { $0.outcomes[outcome.resolution.outcome, default: 0] += 1 }
        }
    }
}

/// The processor time that this process has spent so far, all threads together.
private func processorTime() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}
