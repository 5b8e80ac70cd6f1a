/// A package that has its Package ID, as it is handed over to be looked up.
public struct Package: Hashable, Sendable {
    public let id: PackageID

    /// The name exactly as the registry spells it. Compare it by its UTF-8: `==` on strings merges names that differ
    /// in their Unicode form only.
    public let name: String

    /// The newest release that the list told of, by the miner's order of versions.
    public let newest: Release

    /// The releases before it, newest first, ``mostOlder`` at most: what is left to ask for where a registry lists a
    /// release that it does not serve.
    public let older: [Release]

    /// The release that the list told of last, whatever its version, and though it was to take it back.
    public let lastTold: Release

    /// All that the list has told of it and tells still, whole deletions aside, in the order in which it was stored.
    public let told: [Release]

    /// What an earlier look-up found, where that has said which document told it; see ``Resolution/told(by:_:)``.
    public let known: KnownAnswer?

    /// So many older releases are handed over: a package of which none of four releases can be had is not asked for
    /// hundreds of times.
    public static let mostOlder = 3

    public init(
        id: PackageID, name: String, newest: Release, older: [Release] = [], lastTold: Release? = nil,
        told: [Release] = [], known: KnownAnswer? = nil
    ) {
        self.told = told
        self.known = known
        self.id = id
        self.name = name
        self.newest = newest
        self.older = older
        self.lastTold = lastTold ?? newest
    }
}

extension Package {
    /// Asks for the newest release, and for older ones as long as the registry says that it does not have the one
    /// asked for.
    ///
    /// What a registry lists and what it serves are two services in most ecosystems: a release that cannot be had is
    /// no reason to lose the links of the one before it. An older release's answer ``Resolution/lagging(_:)`` behind the
    /// list. Where none can be had the newest one's answer counts.
    public func firstAnswer(
        asking ask: (Release) async throws -> Resolution
    ) async throws -> Resolution {
        let first = try await ask(newest)
        guard first.outcome == .gone else { return first }
        for release in older {
            let answer = try await ask(release)
            if answer.outcome == .gone { continue }
            return answer.lagging("\(newest.version) is listed and cannot be had: these are \(release.version)'s links")
        }
        return first
    }

    /// The same where it is known which version told the links of an earlier look-up.
    ///
    /// Where that is newer than all that the list names, it is asked for first: one that is still to be had was not taken
    /// back, but lost by the list, as from a line that was cut. Its links stay, and lag.
    ///
    /// - Parameters:
    ///   - known: that version; nil where there is none. See ``Resolution/told(by:_:)``.
    ///   - isNewer: the miner's order of versions.
    public func firstAnswer(
        after known: String?, by isNewer: (String, String) -> Bool,
        asking ask: (_ version: String) async throws -> Resolution
    ) async throws -> Resolution {
        if let known, isNewer(known, newest.version) {
            let answer = try await ask(known)
            if answer.outcome != .gone {
                return answer.lagging("the list names \(newest.version) at most, and \(known) is to be had")
            }
        }
        return try await firstAnswer { try await ask($0.version) }
    }
}

/// A release of a package, as far as the registry's list tells.
public struct Release: Hashable, Sendable {
    /// The version as the registry spells it. Empty where the list names none.
    public let version: String

    /// Where it stands in the registry's own order; see ``Page/append(name:version:place:)``.
    public let place: Int64

    public let homepage: String?
    public let repository: String?

    /// True for a release that the registry took back: deleted, or no longer listed.
    public let isWithdrawn: Bool

    public init(
        version: String, place: Int64 = 0, homepage: String? = nil, repository: String? = nil, isWithdrawn: Bool = false
    ) {
        self.version = version
        self.place = place
        self.homepage = homepage
        self.repository = repository
        self.isWithdrawn = isWithdrawn
    }
}
