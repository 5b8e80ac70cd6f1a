public import Foundation

/// Where a run keeps what it has: the seam between the framework and the store.
///
/// Every method is one transaction: it has happened whole when it returns, and not at all when it throws or when the
/// process dies in it. None of them can be cancelled, so that a run that is stopped still stores what has arrived.
public protocol Checkpoint: Sendable {
    /// Goes on with the run that was not finished, or begins a new one.
    ///
    /// - Throws: ``StateError`` where the state is not one that the run can go on with.
    func openRun(_ facts: RunFacts, of ecosystem: Ecosystem, on terms: RunTerms) async throws -> OpenRun

    /// Forgets the open run, whose beginning turned out wrong, if nothing was taken in it yet.
    func abandonRun() async throws

    /// The spans that are not walked to their end, in the order in which they were added.
    func unfinishedSpans() async throws -> [StoredSpan]

    /// The last cursors of the spans that were walked to their end.
    func walkedCursors() async throws -> [Data]

    /// Adds the spans of the open run and remembers that they were asked for.
    func addSpans(_ cursors: [Data]) async throws

    /// Stores a page, the cursor behind it, and the spans that were split off.
    func keep(_ page: Page, of span: StoredSpan.ID, next cursor: Data, forks: [Data]) async throws -> KeptPage

    /// Remembers that what the span tells from now on is everything there is. What it told before no longer counts.
    func beginSnapshot(of span: StoredSpan.ID) async throws

    /// How many packages the span has told since its snapshot began, and its forks with it; each counts once.
    func countTold(of span: StoredSpan.ID) async throws -> Int

    /// Packages of the list that the unfinished snapshots of the run have not told, in order of their Package IDs, from
    /// `after` on. None where that are so many that the list is not taken; see ``ListChange/isShrinking``.
    func untoldPackages(after: PackageID?, limit: Int) async throws -> [KnownPackage]

    /// Remembers that the span tells these packages as they were told before.
    func tellAgain(_ packages: [PackageID], of span: StoredSpan.ID) async throws

    /// Marks a span as walked. When it was the last of its run, and all of them told everything there is, what they
    /// did not tell is withdrawn.
    ///
    /// A list that is shrinking is taken only if that is accepted: else all that the run has brought is given back as
    /// if it had not begun, its spans too, and a problem says so until a list is taken.
    ///
    /// - Returns: the change that was not taken; nil where there is none.
    func finishSpan(_ span: StoredSpan.ID, acceptsShrinking: Bool) async throws -> ListChange?

    /// Whether so many packages have their first place before this one.
    func holdsPackages(_ count: Int, before place: Int64) async throws -> Bool

    /// Gives Package IDs to the packages that have none, up to `limit` in all.
    ///
    /// IDs that were given with a limit, before the list was read to its end, are those of a trial. The next time all
    /// are given anew, as they would have been without it.
    func numberPackages(limit: Int?) async throws -> NumberedPackages

    /// Packages of which the list has told something new, or tells something no longer, since they were last looked
    /// through; from Package ID `after` on.
    func touchedPackages(after: PackageID?, limit: Int) async throws -> [KnownPackage]

    /// Marks packages as waiting to be looked up again.
    func markStale(_ packages: [PackageID]) async throws

    /// Marks all touched packages as looked through.
    func forgetTouched() async throws

    /// Makes ready for looking packages up, and returns how many wait for it.
    ///
    /// `service` is where they are asked for. Outcomes remember it: what another service did not have waits again.
    func beginLookUps(at service: String) async throws -> Int

    /// So many packages from all over the list, each with its last outcome; those that a service knew where there are
    /// some. To be asked again where a service refuses everything.
    func samplePackages(_ count: Int) async throws -> [KnownPackage]

    /// Packages that wait to be looked up, in order of their Package IDs, from `after` on.
    func pendingPackages(after: PackageID?, limit: Int) async throws -> [KnownPackage]

    func keep(_ outcomes: [LookedUp]) async throws

    /// How many of the packages that have a Package ID beyond this one are withdrawn.
    func withdrawnPackages(after: PackageID?) async throws -> Int

    /// The last Package ID that was given; nil where none was.
    func lastPackageID() async throws -> PackageID?

    /// The rows of the list that have these Package IDs, in their order. May be called several times at once.
    func rows(of packages: Range<PackageID>) async throws -> ListRows

    /// How the last look-up of each of these rows ended. May be called several times at once.
    func outcomes(of packages: Range<PackageID>) async throws -> OutcomeRows

    /// What was not right in the registry's list, in order of kind and key, from `after` on.
    func listProblems(after: Problem?, limit: Int) async throws -> [Problem]

    /// The packages that could not be looked up, in order of their Package IDs, from `after` on.
    func failedPackages(after: PackageID?, limit: Int) async throws -> [NumberedProblem]

    /// What the store holds, counted.
    func tally() async throws -> Tally

    func finishRun(_ end: RunEnd) async throws

    /// The error of a cursor that does not read back.
    func error(ofCursor reason: String) async -> StateError
}
