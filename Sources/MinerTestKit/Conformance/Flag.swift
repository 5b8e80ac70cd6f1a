import Synchronization

/// Whether a registry still does what an attack has it do.
final class Flag: Sendable {
    private let state: Mutex<Bool>

    init(_ isSet: Bool) { state = Mutex(isSet) }

    var isSet: Bool { state.withLock(\.self) }

    func clear() { state.withLock { $0 = false } }

    /// Turns it over, and returns what it was.
    func toggle() -> Bool {
        state.withLock { isSet in
            defer { isSet.toggle() }
            return isSet
        }
    }
}
