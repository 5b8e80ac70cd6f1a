public import PackageMining

/// A small registry with a known truth: what a miner is held to by ``Conformance``.
///
/// It answers requests as the real registry does, knows what a list mined from it must say, and can grow. Ten packages
/// on four pages or more are enough, and all of them can be settled: what goes wrong is the suite's business.
public protocol RegistryFixture: Sendable {
    associatedtype Miner: EcosystemMiner

    /// A miner as a new process would make it, for this registry at `http://127.0.0.1:PORT`.
    func miner(at baseURL: String) throws -> Miner

    /// The true answer to a request.
    func answer(to request: LoopbackRequest) -> LoopbackAnswer

    /// What a request is for, as its target tells.
    func kind(of request: LoopbackRequest) -> RequestKind

    /// What the list must say now, in the order of Package IDs.
    var expected: [ExpectedRow] { get }

    /// Adds a few packages behind those that are there, and leaves those as they are.
    func grow()

    /// Sizes of pages that the registry can be made to have so that its list can be walked whole, from the smallest.
    /// Empty where it has no pages. Sizes of 1, 2 and 3 are played even if smaller: the miner may then name gaps.
    var pageSizes: [Int] { get }

    /// Makes no page larger than that from now on.
    func setPageSize(_ size: Int)

    /// Adds packages of these names behind those that are there. Returns false where the registry can have none such.
    func add(names: [String]) -> Bool

    /// The answer that this registry gives where its list has ended, for a listing request. Nil where an end is told
    /// otherwise than by a page without entries.
    func emptyPage(for request: LoopbackRequest) -> LoopbackAnswer?

    /// How many answers without entries, one after another, the miner takes for the end of the list.
    var emptyAnswersBelieved: Int { get }

    /// Adds packages whose names are these bytes, which are no UTF-8, behind those that are there. Returns false where
    /// the registry can tell of none such.
    func add(rawNames: [[UInt8]]) -> Bool

    /// Tells of each package that many times over, as registries do that tell of each version, and changes nothing in
    /// what the list must say. Returns false where the registry tells of each package once.
    func repeatEntries(_ times: Int) -> Bool

    /// Tells of the last `count` packages alone from now on, in a whole list of the right form; of all again where it is
    /// nil. Returns false where the registry does not tell its list whole.
    func shrink(to count: Int?) -> Bool

    /// What the registry bears, where its operators say so: the suite then refuses what comes faster, and the miner has
    /// to have stated it. Nil where nobody says.
    var pace: Pace? { get }

    /// Whether an update has to read the whole list again, as it does where the list is one file.
    var isListedWhole: Bool { get }

    /// Takes a package back as the registry does, so that its list no longer has it. In `expected` it stays, as
    /// ``PackageMining/Outcome/withdrawn``. Returns false where the registry takes none back, or where its list does not
    /// tell.
    func remove(_ name: String) -> Bool

    /// Changes a package as the registry does: it gets a newer version, and other links. Returns false where the list
    /// does not tell.
    func change(_ name: String) -> Bool

    /// Adds an entry that cannot be read, behind those that are there: one that lacks what it must have, in a list that
    /// is otherwise in the right form. Returns false where the list can have none such.
    func addUnreadableEntry() -> Bool

    /// The answer to a listing request, in the right form, with so many entries at most, as a registry gives that may
    /// send fewer than a page takes and has more behind them. Nil where it sends no such pages.
    func shortPage(of count: Int, for request: LoopbackRequest) -> LoopbackAnswer?

    /// Adds packages of these names, told one behind another within one second. Returns false where no time is told.
    func add(namesWithinSecond names: [String]) -> Bool

    /// Adds packages of these names with several links each that might be the homepage or the repository, of which the
    /// registry's rule takes one. They should not be of the same labels in all packages, nor in one order. Returns false
    /// where the registry tells one link of each kind at most.
    func add(namesWithManyLinks names: [String]) -> Bool
}

extension RegistryFixture {
    public var pageSizes: [Int] { [] }
    public func setPageSize(_ size: Int) {}
    public func add(names: [String]) -> Bool { false }
    public func emptyPage(for request: LoopbackRequest) -> LoopbackAnswer? { nil }
    public var emptyAnswersBelieved: Int { 2 }
    public func add(rawNames: [[UInt8]]) -> Bool { false }
    public func repeatEntries(_ times: Int) -> Bool { false }
    public func shrink(to count: Int?) -> Bool { false }
    public var pace: Pace? { nil }
    public var isListedWhole: Bool { false }
    public func remove(_ name: String) -> Bool { false }
    public func change(_ name: String) -> Bool { false }
    public func addUnreadableEntry() -> Bool { false }
    public func shortPage(of count: Int, for request: LoopbackRequest) -> LoopbackAnswer? { nil }
    public func add(namesWithinSecond names: [String]) -> Bool { false }
    public func add(namesWithManyLinks names: [String]) -> Bool { false }
}

/// A package with a Package ID, which is its place among the expected ones, and how its look-up ends.
public struct ExpectedRow: Hashable, Sendable {
    public var name: String
    public var homepage: String?
    public var repository: String?

    /// A package that is withdrawn keeps its Package ID and is not listed.
    public var outcome: Outcome

    /// - Parameter outcome: nil where the registry knows the package and tells these links.
    public init(_ name: String, homepage: String? = nil, repository: String? = nil, outcome: Outcome? = nil) {
        self.name = name
        self.homepage = homepage
        self.repository = repository
        self.outcome = outcome ?? (repository == nil ? .noRepository : .resolved)
    }
}

/// What a request to a registry is for. Each kind is attacked on its own.
public struct RequestKind: Hashable, Sendable {
    public let name: String
    public let isListing: Bool

    /// A request for a part of the registry's list.
    public static let listing = RequestKind(name: "listing", isListing: true)

    /// The same where a registry tells its list in several kinds of documents, each attacked by itself.
    public static func listing(_ name: String) -> RequestKind {
        RequestKind(name: name, isListing: true)
    }

    /// A request for one package. The name tells apart the requests that a look-up may take.
    public static func lookUp(_ name: String = "look-up") -> RequestKind {
        RequestKind(name: name, isListing: false)
    }
}
