public import Foundation

/// How the packages of one ecosystem are listed and looked up.
///
/// A miner says who the ecosystem is, how its list is walked, and how one package is looked up. All else is the
/// framework's: storing, resuming, retrying, pacing, numbering, publishing. A miner is a value without state of its
/// own: what it must remember between two requests is in its cursor.
///
/// What the framework promises in return:
/// - `list` is called once for each span that is not finished, many at once, each with the cursor stored last.
/// - A page and the cursor behind it are stored in one transaction before `push` returns. After a crash, a kill or a
///   full disk the walk goes on from there: no page is lost and none counts twice.
/// - What was told once stays, until a whole listing no longer tells it; see ``PageSink/beginSnapshot()``.
/// - `resolve` is called for each package that has no settled outcome, many at once, in no order that can be relied on,
///   and again when the list tells of another newest release, or of other links of it, or says that something has
///   changed; see ``Page/appendChange(of:key:_:)``.
/// - What `list` throws ends the run, resumable. What `resolve` throws is recorded for that package alone, named in
///   the problems file, and asked again in the next run.
/// - Retries, back-off, pace and `Retry-After` are the session's. A miner never sleeps and never tries again itself.
public protocol EcosystemMiner: Sendable {
    /// Where a walk stands, and where it ends: all that `list` needs to go on in another process.
    ///
    /// Stored as JSON. A change of its shape is a change of the format of every stored state: give ``cursorFormat``
    /// another number then.
    associatedtype Cursor: Codable & Sendable

    /// The number of the cursor's shape and meaning; 1 by default. A state whose cursors have another one is refused,
    /// with a word on what to do, and left as it is.
    static var cursorFormat: Int { get }

    var ecosystem: Ecosystem { get }

    /// The cursors to walk from, one for each part of the list that can be walked on its own, first things first.
    ///
    /// `walked` holds the last cursor of each span of earlier, complete listings: none in a first run. An update
    /// returns spans that lie behind them.
    func spans(of run: RunFacts, after walked: [Cursor]) throws -> [Cursor]

    /// Walks one span to its end and hands over its pages. Returning means that the span was walked to its end.
    func list(from cursor: Cursor, through session: any RegistrySession, into sink: PageSink<Cursor>) async throws

    /// When the registry made what its list tells, as it says itself; nil, the default, where it does not say. It goes
    /// into the manifest: a mirror's list may be older than the run that took it.
    ///
    /// - Parameter walked: the last cursor of each span of the list.
    func registryTime(ofListBehind walked: [Cursor]) -> Date?

    /// Why the list is not whole, although all its spans were walked to their end: a part of it could not be had, and was
    /// passed over for the sake of all others. Nil, the default, where it is.
    ///
    /// Nothing is numbered, looked up or published then. Package IDs are given once, in order of first appearance: what
    /// comes later would have others than in a run to which it was not withheld. ``WithheldParts`` says that the next run
    /// may have it, and that asks for it by ``spans(of:after:)``.
    ///
    /// - Parameter walked: the last cursor of each span of the list.
    func missing(in walked: [Cursor]) -> (any Error)?

    /// How many entries a span still has, where its cursor tells; nil by default. For the time that is left.
    func remaining(in cursor: Cursor) -> Int?

    /// Looks one package up.
    ///
    /// By default no registry is asked: the links are those that the list told with the newest release.
    func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution

    /// Whether version `a` comes after version `b` in the ecosystem's own order.
    ///
    /// By default neither does, so that the release which the registry told last is the newest.
    func isVersion(_ a: String, newerThan b: String) -> Bool
}

extension EcosystemMiner {
    public func remaining(in cursor: Cursor) -> Int? { nil }
    public func missing(in walked: [Cursor]) -> (any Error)? { nil }
    public static var cursorFormat: Int { 1 }

    public func registryTime(ofListBehind walked: [Cursor]) -> Date? { nil }

    public func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        .ofList(package.newest)
    }

    public func isVersion(_ a: String, newerThan b: String) -> Bool {
        false
    }
}
