import PackageMining
import Synchronization

/// Ends runs that would not end by themselves, so that a miner which hangs is a breach and not a test that hangs.
///
/// Two bounds, neither of which depends on the machine but for the generosity of the second: a process makes fewer
/// calls of its session and its sink than any miner of a small registry needs, and a minute never passes without one.
/// Beyond a bound every call fails. A miner that goes on for all that gets no answer any more: its calls never return,
/// and what is left of it takes no time.
final class Leash: Sendable {
    /// A run went beyond its bound.
    struct Runaway: Error {
        let reason: String
    }

    /// The most requests and pages of one process.
    static let mostSteps = 5_000

    /// How many calls fail before the next ones do not return: more than a run that ends can have under way.
    private static let mostFailures = 1_000

    fileprivate struct State {
        var steps = 0
        var lastStep = ContinuousClock.now
        var runaway: Runaway?
        var failures = 0
        var isDeaf: Bool { failures > Leash.mostFailures }
    }

    let patience: Duration
    private let state = Mutex(State())

    init(patience: Duration) {
        self.patience = patience
    }

    /// A new process begins.
    func begin() {
        state.withLock {
            $0.steps = 0
            $0.lastStep = .now
        }
    }

    /// The process asks for something or hands something over. Throws once it has gone too far, and does not return
    /// where it goes on for all that.
    func step() async throws {
        let isDeaf = state.withLock { state in
            if state.runaway == nil { state.takeStep() }
            return state.isDeaf
        }
        // Nobody can end a task from outside. This one is never resumed.
        if isDeaf { await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in } }
        try state.withLock { state in
            guard let runaway = state.runaway else { return }
            state.failures += 1
            throw runaway
        }
    }

    /// Throws where a process went too far.
    func check() throws {
        if let runaway = state.withLock(\.runaway) { throw runaway }
    }

    /// Waits until no step was made for as long as patience lasts, or until the process goes on beyond its bound. Throws
    /// when it is cancelled.
    func watch() async throws {
        while true {
            let (left, isDeaf) = state.withLock { (patience - $0.lastStep.duration(to: .now), $0.isDeaf) }
            if left <= .zero || isDeaf { break }
            try await Task.sleep(for: min(left, .milliseconds(200)))
        }
        state.withLock { state in
            state.runaway = state.runaway ?? Runaway(reason: "it hangs: nothing has happened for \(patience)")
        }
    }

    /// Waits for the process to end, for as long as patience lasts at most, and gives it up.
    ///
    /// - Throws: what it did. A process that ends meanwhile cancels the wait.
    func giveUp<Nothing>() async throws -> Nothing {
        let end = ContinuousClock.now + patience
        while !state.withLock(\.isDeaf), ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(50)) }
        throw state.withLock { state in
            state.failures = .max
            return Runaway(reason: "\(state.runaway?.reason ?? "it hangs"), and it goes on when it is stopped")
        }
    }
}

extension Leash.State {
    fileprivate mutating func takeStep() {
        steps += 1
        lastStep = .now
        guard steps > Leash.mostSteps else { return }
        runaway = Leash.Runaway(reason: "it does not end: \(Leash.mostSteps) requests and pages of one process")
    }
}
