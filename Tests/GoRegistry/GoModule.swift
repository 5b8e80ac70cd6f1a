public import PackageMining

/// A module of a loopback registry: what the index tells of it, and how the proxy answers for it.
public struct GoModule: Sendable {
    /// A version and when the index first had it, in the order in which they appeared. The last is the newest.
    public struct Release: Hashable, Sendable {
        public var version: String
        public var time: EntryTime
        public var isUnavailable: Bool

        public init(_ version: String, at time: EntryTime, isUnavailable: Bool = false) {
            self.version = version
            self.time = time
            self.isUnavailable = isUnavailable
        }
    }

    public var path: String
    public var releases: [Release]
    public var conduct: GoConduct
    public var repository: String
    public var subdirectory: String?

    public init(
        _ path: String, releases: [Release], conduct: GoConduct = .origin, repository: String = "",
        subdirectory: String? = nil
    ) {
        self.path = path
        self.releases = releases
        self.conduct = conduct
        self.repository = repository
        self.subdirectory = subdirectory
    }
}

/// How the proxy answers for a module.
public enum GoConduct: String, CaseIterable, Codable, Hashable, Sendable {
    /// `@latest` and `.info` carry an Origin with its URL.
    case origin
    /// `@latest` describes an older version, which has no Origin; the `.info` of the version told last carries one.
    case originInInfoOnly
    /// `@latest` is not there, `.info` is.
    case infoOnly
    /// The first answer for each request is "fetch timed out", the next is fine.
    case timesOutOnce
    /// The first two answers for each request are "fetch timed out", the next is fine.
    case timesOutTwice
    /// Neither answer has an Origin, as for versions cached before 2022.
    case noOrigin
    /// The Origin has no URL.
    case originWithoutURL
    /// 404, `not found: …`
    case notFound
    /// 410, as the proxy said until 2022.
    case gone
    /// 404, `not found: temporarily unavailable`: it is not in the cache.
    case notCached
    /// 400
    case badRequest
    /// 451
    case withheld
    /// 403
    case forbidden
    /// Every answer is "fetch timed out".
    case alwaysTimesOut
    /// 500 for ever.
    case alwaysFails
    /// JSON that ends too early, for ever.
    case brokenJSON
    /// A path that the proxy's escaping refuses. It must never be asked for.
    case unaskable

    /// How a look-up ends.
    public var outcome: Outcome {
        switch self {
        case .origin, .originInInfoOnly, .infoOnly, .timesOutOnce, .timesOutTwice: .resolved
        case .noOrigin, .originWithoutURL: .noRepository
        case .notFound, .gone: .gone
        case .notCached: .notCached
        case .badRequest: .rejected
        case .withheld: .withheld
        case .forbidden: .forbidden
        case .alwaysTimesOut, .alwaysFails, .brokenJSON: .failed
        case .unaskable: .invalidName
        }
    }
}

/// What a list must say of a module.
public struct ExpectedModule: Hashable, Sendable {
    public var path: String
    public var outcome: Outcome
    public var repository: String?

    /// When it first appeared.
    public var appeared: EntryTime

    public init(path: String, outcome: Outcome, repository: String?, appeared: EntryTime) {
        self.path = path
        self.outcome = outcome
        self.repository = repository
        self.appeared = appeared
    }
}
