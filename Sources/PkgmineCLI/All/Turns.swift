import Synchronization

/// Lets so many through at once; others wait, in their order, until one gives its turn back.
final class Turns: Sendable {
    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Turn?, Never>] = []
        var isClosed = false

        /// Whether there is a turn at once; nil where it is waited for.
        mutating func answer(_ continuation: CheckedContinuation<Turn?, Never>) -> Bool? {
            if isClosed { return false }
            if free == 0 {
                waiting.append(continuation)
                return nil
            }
            free -= 1
            return true
        }
    }

    private let state: Mutex<State>

    init(_ count: Int) {
        state = Mutex(State(free: count))
    }

    /// Waits for a turn; nil where the task was cancelled before it came.
    func next() async -> Turn? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLock { $0.answer(continuation) }
                if let answer { continuation.resume(returning: answer ? Turn(of: self) : nil) }
            }
        } onCancel: {
            close()
        }
    }

    /// Sends home all who wait: those who share turns are stopped together.
    private func close() {
        let waiting = state.withLock { state in
            state.isClosed = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume(returning: nil) }
    }

    fileprivate func giveBack() {
        let next = state.withLock { state -> CheckedContinuation<Turn?, Never>? in
            if state.waiting.isEmpty {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume(returning: Turn(of: self))
    }
}

/// One turn, which is given back once.
final class Turn: Sendable {
    private let turns: Turns
    private let isGivenBack = Atomic(false)

    fileprivate init(of turns: Turns) {
        self.turns = turns
    }

    func giveBack() {
        if !isGivenBack.exchange(true, ordering: .relaxed) { turns.giveBack() }
    }

    deinit { giveBack() }
}
