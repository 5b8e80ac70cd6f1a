import PackageMining
import Synchronization

/// Ends runs that would not end by themselves, so that a miner which hangs is a breach and not a test that hangs.
///
/// Two bounds, neither of which depends on the machine but for the generosity of the second: a process makes fewer
/// calls of its session and its sink than any miner of a small registry needs, and a minute never passes without one.
final class Leash: Sendable {
    /// A run went beyond its bound.
    struct Runaway: Error {
        let reason: String
    }

    /// The most requests and pages of one process.
    static let mostSteps = 5_000

    private struct State {
        var steps = 0
        var lastStep = ContinuousClock.now
        var runaway: Runaway?
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

    /// The process asks for something or hands something over. Throws once it has gone too far.
    func step() throws {
        try state.withLock { state in
            if let runaway = state.runaway { throw runaway }
            state.steps += 1
            state.lastStep = .now
            guard state.steps > Self.mostSteps else { return }
            let runaway = Runaway(reason: "it does not end: \(Self.mostSteps) requests and pages of one process")
            state.runaway = runaway
            throw runaway
        }
    }

    /// Throws where a process went too far.
    func check() throws {
        if let runaway = state.withLock(\.runaway) { throw runaway }
    }

    /// Waits until no step was made for as long as patience lasts. Throws when it is cancelled.
    func watch() async throws {
        while true {
            let left = patience - state.withLock { $0.lastStep.duration(to: .now) }
            if left <= .zero { break }
            try await Task.sleep(for: min(left, .seconds(1)))
        }
        state.withLock { state in
            state.runaway = state.runaway ?? Runaway(reason: "it hangs: nothing has happened for \(patience)")
        }
    }
}

/// The session of a process on a leash.
struct LeashedSession: RegistrySession {
    let session: any RegistrySession
    let leash: Leash

    func fetch<Answer: Sendable>(
        _ request: Request, read: @Sendable (Response) throws -> Answer
    ) async throws -> Answer {
        try leash.step()
        return try await session.fetch(request, read: read)
    }

    func download(
        _ request: Request, receive: @Sendable ([UInt8]) async throws -> Void
    ) async throws -> Response {
        try leash.step()
        return try await session.download(request, receive: receive)
    }

    func activity() -> SessionActivity { session.activity() }
}
