import Synchronization

/// The bytes of a download between the thread of the loop and the task that takes them, with back-pressure: beyond
/// `highWater` bytes the transfer is paused, and goes on when they are taken.
package final class ByteStream: Sendable {
    static let highWater = 1 << 20
    package static let chunk = 256 << 10

    private struct State {
        var head: AnswerHead?
        var waiting: [UInt8] = []
        var isPaused = false
        var hasEnded = false
        var reader: UnsafeContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Takes bytes from the wire. Returns false when they must wait: curl hands them over again when it goes on.
    func take(_ bytes: UnsafeRawBufferPointer, of head: AnswerHead) -> Bool {
        let (taken, reader) = state.withLock { state -> (Bool, UnsafeContinuation<Void, Never>?) in
            if state.waiting.count + bytes.count > Self.highWater {
                state.isPaused = true
                return (false, nil)
            }
            if state.head == nil { state.head = head }
            state.waiting.append(contentsOf: bytes)
            guard state.waiting.count >= Self.chunk else { return (true, nil) }
            return (true, state.reader.take())
        }
        reader?.resume()
        return taken
    }

    func end() {
        let reader = state.withLock { state in
            state.hasEnded = true
            return state.reader.take()
        }
        reader?.resume()
    }

    struct Portion {
        let head: AnswerHead
        let bytes: [UInt8]
        /// Whether the transfer waits to be told to go on.
        let mustResume: Bool
    }

    /// The bytes that have come since the last time, once there is a chunk of them or the transfer has ended; nothing
    /// when it has ended and all were taken.
    func next() async -> Portion? {
        await withUnsafeContinuation { reader in
            let isReady = state.withLock { state in
                if state.hasEnded || state.waiting.count >= Self.chunk { return true }
                state.reader = reader
                return false
            }
            if isReady { reader.resume() }
        }
        return state.withLock { state in
            guard let head = state.head, !state.waiting.isEmpty else { return nil }
            let bytes = state.waiting
            state.waiting = []
            let mustResume = state.isPaused
            state.isPaused = false
            return Portion(head: head, bytes: bytes, mustResume: mustResume)
        }
    }
}
