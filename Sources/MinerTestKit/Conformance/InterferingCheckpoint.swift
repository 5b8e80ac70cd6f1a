import Foundation
import MiningStore
import PackageMining
import Synchronization

/// What is done to the storing of a run.
struct Interference: Sendable {
    /// The process dies when it has stored that many things.
    var deathAfter: Int?

    /// Each page is stored twice, the first time without its cursor.
    var repeatsPages = false

    /// The page of that number is stored without its cursor, and the process dies: the page will come again.
    var losesCursorOfPage: Int?

    /// Told how many things were stored, and each cursor.
    var observer: StoreObserver?
}

/// Counts what a run stores.
final class StoreObserver: Sendable {
    private struct State {
        var writes = 0
        var pages = 0
        var cursors: [Data] = []
        var lastPlace = Int64.min
        var requestsToFirstEntry: Int?
    }

    private let state = Mutex(State())
    private let requests: @Sendable () -> Int

    /// - Parameter requests: how many requests were made so far.
    init(counting requests: @escaping @Sendable () -> Int = { 0 }) {
        self.requests = requests
    }

    var writes: Int { state.withLock { $0.writes } }
    var pages: Int { state.withLock { $0.pages } }
    var cursors: [Data] { state.withLock { $0.cursors } }

    /// The latest place of all that was told.
    var lastPlace: Int64 { state.withLock { $0.lastPlace } }

    /// How many requests were made when the first entry was stored; nil where none was.
    var requestsToFirstEntry: Int? { state.withLock { $0.requestsToFirstEntry } }

    func wrote() { state.withLock { $0.writes += 1 } }
    func kept(_ page: Page, _ cursors: [Data]) {
        state.withLock {
            $0.pages += 1
            if page.count > 0, $0.requestsToFirstEntry == nil { $0.requestsToFirstEntry = requests() }
            $0.lastPlace = max($0.lastPlace, page.lastPlace ?? .min)
            $0.cursors += cursors
        }
    }
    func added(_ cursors: [Data]) { state.withLock { $0.cursors += cursors } }
}

/// The process was killed, as far as the run can tell.
struct ProcessDied: Error {}

/// The real store, and what an attack does to it. Outcomes are stored one at a time, so that a process can die behind
/// each of them.
actor InterferingCheckpoint: Checkpoint {
    private let store: MiningStore
    private let interference: Interference
    private let leash: Leash
    private let pauses: Pauses?
    private var writes = 0
    private var pages = 0
    private var isDead = false
    private var cursors: [StoredSpan.ID: Data] = [:]

    init(
        _ store: MiningStore, _ interference: Interference, _ leash: Leash, measuring pauses: Pauses? = nil
    ) {
        self.leash = leash
        self.pauses = pauses
        self.store = store
        self.interference = interference
    }

    private func live() throws -> MiningStore {
        if isDead { throw ProcessDied() }
        return store
    }

    private func wrote<Value>(_ value: Value) throws -> Value {
        writes += 1
        interference.observer?.wrote()
        if let deathAfter = interference.deathAfter, writes >= deathAfter { isDead = true }
        if isDead { throw ProcessDied() }
        return value
    }

    func keep(_ page: Page, of span: StoredSpan.ID, next cursor: Data, forks: [Data]) async throws -> KeptPage {
        pauses?.begins(.page)
        defer { pauses?.ends(.page) }
        try await leash.step()
        pages += 1
        let number = pages
        interference.observer?.kept(page, [cursor] + forks)
        if interference.repeatsPages || number == interference.losesCursorOfPage, let old = cursors[span] {
            _ = try await live().keep(page, of: span, next: old, forks: [])
            if number == interference.losesCursorOfPage { isDead = true }
        }
        let kept = try await live().keep(page, of: span, next: cursor, forks: forks)
        cursors[span] = cursor
        for fork in kept.forks { cursors[fork.id] = fork.cursor }
        return try wrote(kept)
    }

    func keep(_ outcomes: [LookedUp]) async throws {
        for outcome in outcomes {
            try await live().keep([outcome])
            try wrote(())
        }
    }

    func openRun(_ facts: RunFacts, of ecosystem: Ecosystem, on terms: RunTerms) async throws -> OpenRun {
        try wrote(await live().openRun(facts, of: ecosystem, on: terms))
    }

    func addSpans(_ cursors: [Data]) async throws {
        interference.observer?.added(cursors)
        try wrote(await live().addSpans(cursors))
    }

    func unfinishedSpans() async throws -> [StoredSpan] {
        let spans = try await live().unfinishedSpans()
        for span in spans { cursors[span.id] = span.cursor }
        return spans
    }

    func abandonRun() async throws { try wrote(await live().abandonRun()) }
    func walkedCursors() async throws -> [Data] { try await live().walkedCursors() }
    func beginSnapshot(of span: StoredSpan.ID) async throws { try wrote(await live().beginSnapshot(of: span)) }
    func countTold(of span: StoredSpan.ID) async throws -> Int { try await live().countTold(of: span) }
    func untoldPackages(after: PackageID?, limit: Int) async throws -> [KnownPackage] {
        try await live().untoldPackages(after: after, limit: limit)
    }
    func tellAgain(_ packages: [PackageID], of span: StoredSpan.ID) async throws {
        try wrote(await live().tellAgain(packages, of: span))
    }
    func finishSpan(_ span: StoredSpan.ID, acceptsShrinking: Bool) async throws -> ListChange? {
        try wrote(await live().finishSpan(span, acceptsShrinking: acceptsShrinking))
    }
    func holdsPackages(_ count: Int, before place: Int64) async throws -> Bool {
        try await live().holdsPackages(count, before: place)
    }
    func numberPackages(limit: Int?) async throws -> NumberedPackages {
        pauses?.walkEnds()
        return try wrote(await live().numberPackages(limit: limit))
    }
    func touchedPackages(after: PackageID?, limit: Int) async throws -> [KnownPackage] {
        try await live().touchedPackages(after: after, limit: limit)
    }
    func markStale(_ packages: [PackageID]) async throws { try wrote(await live().markStale(packages)) }
    func forgetTouched() async throws { try wrote(await live().forgetTouched()) }
    func beginLookUps(at service: String) async throws -> Int { try await live().beginLookUps(at: service) }
    func samplePackages(_ count: Int) async throws -> [KnownPackage] { try await live().samplePackages(count) }
    func error(ofCursor reason: String) async -> StateError { await store.error(ofCursor: reason) }
    func pendingPackages(after: PackageID?, limit: Int) async throws -> [KnownPackage] {
        try await live().pendingPackages(after: after, limit: limit)
    }
    func withdrawnPackages(after number: PackageID?) async throws -> Int {
        try await live().withdrawnPackages(after: number)
    }
    func lastPackageID() async throws -> PackageID? { try await live().lastPackageID() }
    func rows(of packages: Range<PackageID>) async throws -> ListRows { try await live().rows(of: packages) }
    func outcomes(of packages: Range<PackageID>) async throws -> OutcomeRows {
        try await live().outcomes(of: packages)
    }
    func listProblems(after: Problem?, limit: Int) async throws -> [Problem] {
        try await live().listProblems(after: after, limit: limit)
    }
    func failedPackages(after: PackageID?, limit: Int) async throws -> [NumberedProblem] {
        try await live().failedPackages(after: after, limit: limit)
    }
    func tally() async throws -> Tally { try await live().tally() }
    func finishRun(_ end: RunEnd) async throws { try wrote(await live().finishRun(end)) }
}
