import Foundation

/// What looking a package up brought.
public struct Resolution: Hashable, Sendable {
    public private(set) var outcome: Outcome
    public let homepage: String?
    public private(set) var repository: String?

    /// Why the outcome is not settled, for the problems file.
    public let problem: String?

    /// How the answer contradicts what the list told; see ``lagging(_:)``.
    public private(set) var contradiction: String?

    /// The document that told the links, and its state; see ``told(by:_:)``.
    public private(set) var document: KnownAnswer?

    /// Whether nobody was asked; see ``ofList(_:)``.
    package private(set) var isOfList = false

    public init(_ outcome: Outcome, homepage: String? = nil, repository: String? = nil, because problem: String? = nil)
    {
        self.outcome = outcome
        self.homepage = homepage
        self.repository = repository
        self.problem = problem
    }

    /// The same answer, which lags behind what the list told: a document that does not know the newest release yet, an
    /// older release's links in place of those of one that cannot be had.
    ///
    /// It is published. While the newest release is fresh it is not the last word: the package is named in the problems
    /// file and asked for again in the next run.
    public func lagging(_ reason: String) -> Resolution {
        var answer = self
        answer.contradiction = reason
        return answer
    }

    /// The same answer, with the repository that the list has told.
    public func naming(_ repository: String?) -> Resolution {
        let named = Resolution.links(homepage: homepage, repository: repository)
        var answer = self
        answer.repository = named.repository
        if outcome == .resolved || outcome == .noRepository { answer.outcome = named.outcome }
        return document.map { answer.told(by: $0.url, $0.validators) } ?? answer
    }

    /// The same answer, and which document told it, in which state: kept beside it, and handed over as
    /// ``Package/known`` when the package is looked up again.
    public func told(by url: String, _ validators: Validators?) -> Resolution {
        var answer = self
        answer.document = validators.map {
            KnownAnswer(homepage: homepage, repository: repository, url: url, validators: $0)
        }
        return answer
    }

    /// The same of the document that an answer holds, which lies where that came from.
    public func told(by response: Response) -> Resolution { told(by: response.url, Validators(of: response)) }

    /// The links as far as they could be told, where something that would tell more could not be read. They are
    /// published, the problem is named, and the package is asked for again in the next run.
    public static func incomplete(homepage: String?, repository: String?, because problem: String) -> Resolution {
        Resolution(.failed, homepage: homepage, repository: repository, because: problem)
    }

    /// The registry knows the package and told these links. White space around a link is not part of it, and an empty
    /// link is none.
    public static func links(homepage: String?, repository: String?) -> Resolution {
        let repository = link(repository)
        return Resolution(
            repository == nil ? .noRepository : .resolved, homepage: link(homepage), repository: repository)
    }

    /// The repository of a package that its registry does not tell of: found at the place that the package's name means,
    /// and by nobody's word but that place's.
    public static func direct(repository: String) -> Resolution {
        var answer = links(homepage: repository, repository: repository)
        if answer.outcome == .resolved { answer.outcome = .resolvedDirectly }
        return answer
    }

    /// The links that the list told with a release. Nobody was asked: that says nothing of the service that others of the
    /// ecosystem's packages are looked up at, which may refuse them all.
    public static func ofList(_ release: Release) -> Resolution {
        var answer = links(homepage: release.homepage, repository: release.repository)
        answer.isOfList = true
        return answer
    }

    /// White space around a link is not part of it.
    private static func link(_ text: String?) -> String? {
        let link = text?.trimmingCharacters(in: .whitespacesAndNewlines)
        return link?.isEmpty == true ? nil : link
    }
}

/// How a look-up ended.
///
/// All but ``unsettled``, ``failed`` and ``forbidden`` are settled: the registry has answered, and asking again would
/// bring the same.
public enum Outcome: String, Codable, CaseIterable, Hashable, Sendable {
    /// A repository is known.
    case resolved
    /// A repository is known, and not from the registry: see ``Resolution/direct(repository:)``.
    case resolvedDirectly = "resolved directly"
    /// The registry knows the package and names no repository.
    case noRepository = "no repository"
    /// The registry lists it, and no version of it: there is nothing to ask for.
    case noVersion = "no version"
    /// The registry no longer has it (404, 410).
    case gone
    /// The registry would have to fetch it first, which this tool does not ask for.
    case notCached = "not cached"
    /// The name cannot be asked for by the registry's own rule. It is listed and was never requested.
    case invalidName = "invalid name"
    /// Whoever runs this wants it left out of asking. It is listed, and links that were known before stay.
    case skipped
    /// The registry calls the request bad (400).
    case rejected
    /// The registry withholds it for legal reasons (451).
    case withheld
    /// The registry took all its releases back. It keeps its Package ID and is not listed.
    case withdrawn
    /// The registry's answer contradicts what its list has just told, or what was known before. Asked again in the next
    /// run, and settled by one that finds the same a day later or more. Given by the framework, not by miners.
    case unsettled = "not settled"
    /// The registry refused to answer (401, 403). Asked again in the next run.
    case forbidden
    /// It could not be asked. Asked again in the next run.
    case failed

    /// Whether the registry has answered, so that the next run need not ask.
    public var isSettled: Bool { problemKind == nil }

    /// Whether the next run looks again: what is not settled, and what was left out, which it may not leave out.
    public var isAskedAgain: Bool { !isSettled || self == .skipped }

    /// What a package that ended so is called among the problems; nil where it is settled.
    public var problemKind: Problem.Kind? {
        switch self {
        case .failed: .failed
        case .forbidden: .forbidden
        case .unsettled: .unsettled
        case .resolved, .resolvedDirectly, .noRepository, .noVersion, .gone, .notCached, .invalidName, .skipped,
            .rejected, .withheld, .withdrawn:
            nil
        }
    }
}
