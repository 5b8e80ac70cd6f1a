import CAllocator
import Foundation
import PackageMining
import Synchronization

extension Conformance {
    /// The same packages with ten times as many entries: what is alive in memory when a page is handed over, at each
    /// that comes a thousand entries behind the last look, must not have grown by as much as an entry's names would take.
    ///
    /// The bytes alive are those of the whole process, the fixture's and the server's among them. What these hold is
    /// there before the run, or is not counted, as the server is waited for and its journal forgotten; the attack is
    /// made alone in the ``Arena``; and it is over with two tries that are well or three that are not, since what other
    /// attacks held may still be given back. Tests that have nothing to do with this suite would disturb it: it
    /// is made only where the environment says by `PKGMINE_ALONE=1` that there are none. What a miner takes and gives
    /// back between two pages is not seen, and neither is what grows by less than 16 bytes an entry.
    func memoryAttacks() throws -> AttackPlan {
        var plan = AttackPlan()
        guard Self.measuresMemory else {
            plan.add([], if: false, else: "let PKGMINE_ALONE be 1 in the environment, and run no other tests")
            return plan
        }
        try plan.add(
            [Attack("ten times as many entries", alone: true) { try await self.grow() }],
            if: makeFixture().repeatEntries(1), given: "repeatEntries(_:)")
        return plan
    }

    /// Whether this process has no tests but those of conformance.
    package static var measuresMemory: Bool { ProcessInfo.processInfo.environment["PKGMINE_ALONE"] == "1" }

    private func grow() async throws -> String? {
        let packages = max(1, try makeFixture().expected.count)
        let (few, many) = (2_000 / packages, 20_000 / packages)
        var bytesAnEntry: [Int] = []
        while true {
            let small = try await peak(repeating: few)
            let large = try await peak(repeating: many)
            bytesAnEntry.append((large - small) / ((many - few) * packages))
            let tooMany = bytesAnEntry.filter { $0 > mostBytesAnEntry }
            if tooMany.count == 3 { return "each further entry takes \(tooMany.min() ?? 0) bytes of memory" }
            if bytesAnEntry.count - tooMany.count == 2 { return nil }
        }
    }

    /// The most bytes that a listing added to the heap, as found at its first page and behind each thousand entries,
    /// in pages of 500 where the registry lets itself be asked for that.
    private func peak(repeating times: Int) async throws -> Int {
        let fixture = try fixture(makeFixture().pageSizes.isEmpty ? nil : 500)
        _ = fixture.repeatEntries(times)
        return try await open(fixture) { stage in
            var process = Stage<Fixture>.Process()
            process.concurrency = 1
            let checkpoint = ForgetfulCheckpoint(of: stage.server.journal, leash: stage.leash)
            let before = Int(pkgmine_live_bytes())
            if case .failure(let error) = try await stage.run(process, into: checkpoint) { throw error }
            return await checkpoint.peak - before
        }
    }
}

/// Sixteen bytes: the smallest thing that malloc gives out, and less than any name with what it takes to hold it.
private let mostBytesAnEntry = 16

/// Takes pages and forgets them, so that what a listing holds is all that there is.
private actor ForgetfulCheckpoint: Checkpoint {
    private let journal: Journal
    private let leash: Leash
    private var spans: [StoredSpan] = []
    private var last = 0
    private(set) var peak = 0

    /// The entries between two looks. The allocator walks all that is free to say what is not, so that a look at each
    /// page would take longer than the walk.
    private static let betweenLooks = 1_000

    /// Entries since the last look; the first page is looked at.
    private var unseen = betweenLooks

    /// No more than there are packages, however often they are told.
    private var told: [StoredSpan.ID: Set<[UInt8]>] = [:]

    init(of journal: Journal, leash: Leash) {
        self.journal = journal
        self.leash = leash
    }

    func keep(_ page: Page, of span: StoredSpan.ID, next cursor: Data, forks: [Data]) async throws -> KeptPage {
        try await leash.step()
        if unseen >= Self.betweenLooks {
            unseen = 0
            peak = max(peak, await liveBytes())
        }
        page.withEntries { entries in
            unseen += entries.count
            for entry in entries { told[span, default: []].insert(Array(entry.key)) }
        }
        return KeptPage(newPackages: 0, forks: add(forks))
    }

    /// The bytes alive while the server works on no answer and remembers none, where a miner asks for the next page
    /// beside handing over this one. An answer that is not taken to its end, as that of a large file, is not waited for
    /// for long.
    private func liveBytes() async -> Int {
        var looks = 0
        while journal.inFlight > 0, looks < 2_000 {
            looks += 1
            await Task.yield()
        }
        journal.reset()
        return Int(pkgmine_live_bytes())
    }

    func addSpans(_ cursors: [Data]) { _ = add(cursors) }
    func unfinishedSpans() -> [StoredSpan] { spans }
    func finishSpan(_ span: StoredSpan.ID, acceptsShrinking: Bool) -> ListChange? {
        spans.removeAll { $0.id == span }
        return nil
    }
    func withdrawnPackages(after package: PackageID?) -> Int { 0 }

    private func add(_ cursors: [Data]) -> [StoredSpan] {
        let new = cursors.enumerated().map { StoredSpan(id: last + 1 + $0.offset, cursor: $0.element) }
        last += new.count
        spans += new
        return new
    }

    func openRun(_ facts: RunFacts, of ecosystem: Ecosystem, on terms: RunTerms) -> OpenRun {
        OpenRun(facts: facts, isResumed: false, hasSpans: false, isUpdate: false)
    }

    func abandonRun() {}
    func walkedCursors() -> [Data] { [] }
    func beginSnapshot(of span: StoredSpan.ID) { told[span] = [] }
    func countTold(of span: StoredSpan.ID) -> Int { told[span]?.count ?? 0 }
    func untoldPackages(after: PackageID?, limit: Int) -> [KnownPackage] { [] }
    func tellAgain(_ packages: [PackageID], of span: StoredSpan.ID) {}
    func holdsPackages(_ count: Int, before place: Int64) -> Bool { false }
    func numberPackages(limit: Int?) -> NumberedPackages { NumberedPackages(count: 0) }
    func touchedPackages(after: PackageID?, limit: Int) -> [KnownPackage] { [] }
    func markStale(_ packages: [PackageID]) {}
    func forgetTouched() {}
    func beginLookUps(at service: String) -> Int { 0 }
    func samplePackages(_ count: Int) -> [KnownPackage] { [] }
    func error(ofCursor reason: String) -> StateError { .otherCursors(file: "", reason: reason) }
    func pendingPackages(after: PackageID?, limit: Int) -> [KnownPackage] { [] }
    func keep(_ outcomes: [LookedUp]) {}
    func lastPackageID() -> PackageID? { nil }
    func rows(of packages: Range<PackageID>) -> ListRows { ListRows() }
    func outcomes(of packages: Range<PackageID>) -> OutcomeRows { OutcomeRows() }
    func listProblems(after: Problem?, limit: Int) -> [Problem] { [] }
    func failedPackages(after: PackageID?, limit: Int) -> [NumberedProblem] { [] }
    func tally() -> Tally { Tally() }
    func finishRun(_ end: RunEnd) {}
}
