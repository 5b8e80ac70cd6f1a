/// What many look-ups share, asked for once: parents of POMs, documents that tell of several packages.
///
/// Whoever asks for what is being asked for waits for that answer. Nothing is kept of an attempt that threw: the next
/// one asks again. At most `capacity` answers are kept; those that were not used for longest go.
public actor SharedAnswers<Key: Hashable & Sendable, Answer: Sendable> {
    private let capacity: Int
    private var recent: [Key: Answer] = [:]
    /// Those that were not used since `recent` was last full.
    private var older: [Key: Answer] = [:]
    private var waiting: [Key: [CheckedContinuation<Void, Never>]] = [:]

    public init(capacity: Int) {
        self.capacity = max(2, capacity)
    }

    public func answer(
        to key: Key, ask: @Sendable () async throws -> Answer
    ) async throws -> Answer {
        while waiting[key] != nil {
            await withCheckedContinuation { waiting[key]?.append($0) }
        }
        if let known = recent[key] ?? older.removeValue(forKey: key) { return keep(known, for: key) }
        waiting[key] = []
        defer { waiting.removeValue(forKey: key)?.forEach { $0.resume() } }
        return keep(try await ask(), for: key)
    }

    private func keep(_ answer: Answer, for key: Key) -> Answer {
        if recent.count >= capacity / 2, recent[key] == nil {
            older = recent
            recent = [:]
        }
        recent[key] = answer
        return answer
    }
}
