public import Foundation

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

/// A span with its last cursor, coded.
public struct StoredSpan: Hashable, Sendable, Identifiable {
    public let id: Int
    public let cursor: Data

    public init(id: Int, cursor: Data) {
        self.id = id
        self.cursor = cursor
    }
}

/// What storing a page brought.
public struct KeptPage: Sendable {
    public let newPackages: Int
    public let forks: [StoredSpan]

    public init(newPackages: Int, forks: [StoredSpan]) {
        self.newPackages = newPackages
        self.forks = forks
    }
}

/// A package with all that the list told of its releases, in the order in which they were stored.
public struct KnownPackage: Sendable {
    public let id: Int
    public let name: String
    public let releases: [Release]

    /// What the list told of the newest release when the package was last looked up, its place aside; nil where that
    /// never happened. Of a package that is withdrawn, ``Release/isWithdrawn`` is true.
    public let lookedUp: Release?

    /// Whether an earlier look-up brought links.
    public let hasLinks: Bool

    /// When the run began that first found what is not settled still; nil where that is not so.
    public let unsettledSince: Date?

    /// Whether the list has told something of it that it had not told when it was last complete.
    public let isNews: Bool

    public init(
        id: Int, name: String, releases: [Release], lookedUp: Release?, hasLinks: Bool = false,
        unsettledSince: Date? = nil, isNews: Bool = false
    ) {
        self.isNews = isNews
        self.id = id
        self.name = name
        self.releases = releases
        self.lookedUp = lookedUp
        self.hasLinks = hasLinks
        self.unsettledSince = unsettledSince
    }
}

/// A package's outcome, on its way to the store.
public struct LookedUp: Sendable {
    public let package: Int
    public let resolution: Resolution

    /// What the list told of the newest release; nil where it told of none.
    public let newest: Release?

    /// What happened, where the outcome is not settled.
    public let problem: String?

    /// Since when it is not settled whether the package is gone; nil where it is, or never was in doubt.
    public let unsettledSince: Date?

    /// Whether a link had a password, which was left out.
    public let hidesPassword: Bool

    public init(
        package: Int, resolution: Resolution, newest: Release?, problem: String? = nil, unsettledSince: Date? = nil,
        hidesPassword: Bool = false
    ) {
        self.package = package
        self.resolution = resolution
        self.newest = newest
        self.problem = problem
        self.unsettledSince = unsettledSince
        self.hidesPassword = hidesPassword
    }
}

/// A problem with a package, and the package's ID.
public struct NumberedProblem: Sendable {
    public let package: Int
    public let problem: Problem

    public init(package: Int, problem: Problem) {
        self.package = package
        self.problem = problem
    }
}

/// What a store holds, counted.
public struct Tally: Hashable, Sendable {
    /// Packages with a Package ID.
    public var packages = 0
    /// Those among them that are in the list: not those that were withdrawn.
    public var listed = 0
    public var outcomes: [Outcome: Int] = [:]
    public var problems: [Problem.Kind: Int] = [:]

    /// Packages whose links had a password, which was left out.
    public var hiddenPasswords = 0

    public init() {}
}

/// What a state is held to when a run is opened.
public struct RunTerms: Hashable, Sendable {
    /// See ``EcosystemMiner/cursorFormat``.
    public var cursorFormat = 1

    /// Where the list's registry was before, if the user says that it has moved.
    public var movedFrom: String?

    public init(cursorFormat: Int = 1, movedFrom: String? = nil) {
        self.cursorFormat = cursorFormat
        self.movedFrom = movedFrom
    }
}

/// How a run ended, for its history.
public struct RunEnd: Hashable, Sendable {
    public let finished: Date
    public let isComplete: Bool
    public let requests: Int
    public let retries: Int

    public init(finished: Date, isComplete: Bool, requests: Int, retries: Int) {
        self.finished = finished
        self.isComplete = isComplete
        self.requests = requests
        self.retries = retries
    }
}
