import Foundation
import PackageMining
import Synchronization

extension Conformance {
    /// Two services of a registry that do not know the same, and one that refuses everything. Both are the business of
    /// look-ups: a registry that has none stands them.
    func contradictionAttacks() async throws -> AttackPlan {
        let looksUp = try await probe().kinds.contains { !$0.isListing }
        let lag = Attack("what answers is one run behind what lists") {
            try await self.lag(began: try await self.endOfGrowth())
        }
        let refusals = [400, 403, 404].map { status in
            Attack("\(status) to each look-up") { try await self.refuseAll(status) }
        }
        var plan = AttackPlan()
        plan.add([lag] + refusals, if: looksUp, else: "it looks nothing up")
        return plan
    }

    /// When a run begins to which all that a grown registry tells of is fresh, and not still to come.
    private func endOfGrowth() async throws -> Date {
        let fixture = try smallPages()
        fixture.grow()
        return try await open(fixture) { stage in
            let observer = StoreObserver()
            var process = Stage<Fixture>.Process()
            process.interference.observer = observer
            try await stage.run(process)
            return try stage.ecosystem.placeIsTime
                ? Date(timeIntervalSince1970: Double(observer.lastPlace) / 1e9 + 60) : Date()
        }
    }

    private func lag(began: Date) async throws -> String? {
        let (fixture, behind) = (try smallPages(), try smallPages())
        let isBehind = Mutex(false)
        let answer = { @Sendable (request: LoopbackRequest) -> LoopbackAnswer in
            let lags = isBehind.withLock(\.self) && !fixture.kind(of: request).isListing
            return lags ? behind.answer(to: request) : fixture.answer(to: request)
        }
        return try await open(fixture, answering: answer) { stage in
            if let wrong = try await stage.runToTheEnd() { return "before the growth: \(wrong)" }
            let before = try stage.expectedList()
            fixture.grow()
            isBehind.withLock { $0 = true }
            var process = Stage<Fixture>.Process()
            process.began = began
            if let wrong = try await stage.judgeLag(process, before) { return wrong }
            isBehind.withLock { $0 = false }
            process.began = began + 25 * 3_600
            return try await stage.runToTheEnd(process).map { "when it had caught up: \($0)" }
        }
    }

    private func refuseAll(_ status: Int) async throws -> String? {
        let fixture = try smallPages()
        let refuses = Mutex(true)
        let answer = { @Sendable (request: LoopbackRequest) -> LoopbackAnswer in
            let isRefused = refuses.withLock(\.self) && !fixture.kind(of: request).isListing
            return isRefused ? .text(status, "refused") : fixture.answer(to: request)
        }
        return try await open(fixture, answering: answer) { stage in
            var process = Stage<Fixture>.Process()
            process.concurrency = 1
            process.fewestRefusals = 3
            if case .success(let report) = try await stage.run(process) {
                return "exit code \(report.exitCode), and \(report.lookedUp) packages were taken for looked up"
            }
            if try stage.list() != nil { return "a list was published" }
            refuses.withLock { $0 = false }
            return try await stage.runToTheEnd().map { "when it answered again: \($0)" }
        }
    }
}

extension Stage {
    /// A run that loses no link of the rows that were there, and names each new one that it could not be told of.
    fileprivate func judgeLag(_ process: Process, _ before: [UInt8]) async throws -> String? {
        switch try await run(process) {
        case .failure(let error): return "the run ended with an error: \(printable("\(error)"))"
        case .success(let report) where report.exitCode == 0:
            return try await difference().map { "exit code 0, and \($0)" }
        case .success: break
        }
        let list = try list() ?? []
        guard list.starts(with: before) else {
            return "rows that were there have changed: " + (firstDifference(of: list, from: before) ?? "")
        }
        return try await unnamedDifference()
    }
}
