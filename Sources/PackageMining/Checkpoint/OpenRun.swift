/// A run as the checkpoint knows it.
public struct OpenRun: Hashable, Sendable {
    public let facts: RunFacts

    /// Whether an earlier process began it.
    public let isResumed: Bool

    /// Whether the miner was already asked for this run's spans.
    public let hasSpans: Bool

    /// Whether a run was finished here before, so that this one is an update.
    public let isUpdate: Bool

    /// Where the list's registry was before it moved, in order.
    public let formerRegistries: [String]

    public init(
        facts: RunFacts, isResumed: Bool, hasSpans: Bool, isUpdate: Bool, formerRegistries: [String] = []
    ) {
        self.formerRegistries = formerRegistries
        self.facts = facts
        self.isResumed = isResumed
        self.hasSpans = hasSpans
        self.isUpdate = isUpdate
    }
}
