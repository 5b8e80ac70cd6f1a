import Foundation
import Synchronization

/// Where a run stands: written by its steps, read by whoever shows it.
public final class RunProgress: Sendable {
    /// The steps of a run, in their order.
    public enum Step: String, Codable, CaseIterable, Sendable {
        case list, number, resolve, publish, done
    }

    /// A run at one moment.
    public struct Snapshot: Sendable {
        public var step = Step.list
        public var stepBegan = ContinuousClock.now
        public var isResumed = false
        public var isUpdate = false
        public var pages = 0
        public var entries = 0
        public var newPackages = 0
        public var toLookUp = 0
        public var lookedUp = 0
        public var outcomes: [Outcome: Int] = [:]
        public var listProblems = 0

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

    func enter(_ step: Step) {
        state.withLock {
            $0.step = step
            $0.stepBegan = .now
        }
    }

    func kept(_ page: Page, newPackages: Int) {
        state.withLock {
            $0.pages += 1
            $0.entries += page.count
            $0.newPackages += newPackages
            $0.listProblems += page.problems.count
        }
    }

    func beginResolving(_ count: Int) {
        state.withLock { $0.toLookUp = count }
    }

    func stored(_ outcomes: [LookedUp]) {
        state.withLock {
            $0.lookedUp += outcomes.count
            for outcome in outcomes { $0.outcomes[outcome.resolution.outcome, default: 0] += 1 }
        }
    }
}
