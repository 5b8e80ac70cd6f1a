public import Testing

/// What every miner is held to.
public enum ConformancePromise: String, CaseIterable, Sendable {
    /// The list is the fixture's at any concurrency, any page size and in any order of arrival.
    case list = "the list is a function of the registry"
    /// Stopped after any stored page or outcome and resumed by a new process, it ends with the same bytes.
    case resumption = "a run that is stopped anywhere ends with the same bytes"
    /// Cursors are JSON that reads back as it was written, and a state of another format is left alone.
    case cursor = "cursors and state survive being stored"
    /// A page that is handed over twice adds nothing and moves nothing.
    case repetition = "a page handed over twice changes nothing"
    /// An update asks for the new only, and moves no Package ID.
    case update = "an update asks for the new and moves no Package ID"
    /// Each fault on every request of each kind, once and three times in a row, changes nothing in the list.
    case faults = "faults that heal change nothing"
    /// A list that is told whole and has lost what none loses is not taken, and is right again when it is back.
    case shrinking = "a list that shrinks as none does is not news"
    /// A page without entries is not the end of the list until it was asked for again, and neither is a short one.
    case ending = "an empty page is not the end of the list"
    /// An entry that cannot be read is a problem, and no reason to lose those beside it.
    case unreadable = "an entry that cannot be read is named, and costs no other"
    /// Packages that come and go while the list is walked take no other ones with them.
    case midWalk = "a list that changes while it is walked loses nothing"
    /// Each fault for ever ends in a named problem or an error, within the session's budget of attempts.
    case outage = "faults that last are named, within the budget of requests"
    /// A package that cannot be looked up is named, and the next run asks for it and for nothing else.
    case failure = "a package that fails is named, and asked again alone"
    /// A registry whose services contradict one another costs no link that was known, and fills no list with nothing.
    case contradiction = "a registry that contradicts itself is not believed"
    /// Hostile names come out as they went in, and reach nothing but the list.
    case names = "hostile names come out as they went in"
    /// A registry is asked no faster than it is said to bear, and by nobody past the session; one that locks out whoever
    /// is refused is asked nothing behind that.
    case pace = "a registry is asked no faster than it bears"
    /// A run that is cancelled ends without waiting for an answer or for time, and can be resumed.
    case cancellation = "a cancelled run ends at once and can be resumed"
    /// What a run holds in memory does not grow with the entries that the registry tells of.
    case memory = "memory does not grow with entries"
}

extension ConformancePromise: CustomTestStringConvertible {
    public var testDescription: String { rawValue }
}

/// A promise that was not kept.
public struct Breach: Hashable, Sendable, CustomStringConvertible {
    public let promise: ConformancePromise

    /// What was done to the miner: `503 on listing, 3 times in a row`.
    public let attack: String

    /// What came of it.
    public let finding: String

    public var description: String { "\(promise.rawValue); \(attack): \(finding)" }
}

/// How a miner stood the attacks on one promise.
public struct Verdict: Sendable {
    /// How many attacks were made.
    public let cases: Int
    public let breaches: [Breach]

    /// What would add attacks: `give the fixture add(names:)`. Where none were made, the promise was not tried.
    public let lacking: [String]

    /// What was not attacked, in words; nil where anything was.
    public var notAttacked: String? {
        cases > 0 ? nil : "not attacked; to add attacks: \(lacking.joined(separator: ", or "))"
    }
}
