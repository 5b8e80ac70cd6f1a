import Foundation

/// Where attacks are made: some for each of the machine's cores at once, and behind them those that are made alone.
///
/// Each attack has a server, a session and a database, with a thread for most of these. Nothing is gained by hundreds
/// of them at once, and the threads that a process may have run out.
actor Arena {
    static let shared = Arena(seats: max(2, ProcessInfo.processInfo.activeProcessorCount * 8))

    /// Where promises wait for their attacks. Each has the thread of its servers from its first attack to its last, and
    /// tests begin hundreds of promises at once.
    static let promises = Arena(seats: 32)

    private let seats: Int
    private var free: Int
    private var waiting: [(seats: Int, enter: CheckedContinuation<Void, Never>)] = []

    init(seats: Int) {
        self.seats = seats
        free = seats
    }

    /// Makes an attack when there is room for it; with nobody else in the arena where it has to be alone.
    func hold<Result: Sendable>(
        alone: Bool, _ attack: @Sendable () async throws -> Result
    ) async rethrows -> Result {
        let wanted = alone ? seats : 1
        await enter(wanted)
        defer { leave(wanted) }
        return try await attack()
    }

    private func enter(_ wanted: Int) async {
        if wanted <= free, !waiting.contains(where: { $0.seats <= wanted }) {
            free -= wanted
        } else {
            await withCheckedContinuation { waiting.append((wanted, $0)) }
        }
    }

    /// Whoever came first is let in first; those who have to be alone when nobody else waits, so that the others are
    /// waited for once and not for each.
    private func leave(_ wanted: Int) {
        free += wanted
        while let next = waiting.firstIndex(where: { $0.seats < seats }) ?? waiting.indices.first,
            waiting[next].seats <= free
        {
            free -= waiting[next].seats
            waiting.remove(at: next).enter.resume()
        }
    }
}
