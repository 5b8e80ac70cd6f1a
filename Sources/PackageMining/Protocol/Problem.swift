/// Something that is not settled or not right: a row of the problems file.
public struct Problem: Hashable, Sendable {
    /// In the order in which they are told.
    public enum Kind: String, CaseIterable, Codable, Sendable {
        /// An entry of the registry's list that could not be read. It is not in the list.
        case unreadable
        /// A part of the registry's list that cannot be reached.
        case gap
        /// A list that contradicts itself, as one does that has another number of packages than it says. It was taken.
        case contradiction
        /// A list that has shrunk as no registry shrinks. It was not taken, and the list from before stays.
        case shrunken
        /// A package that could not be looked up.
        case failed
        /// A package whose look-up the registry refused.
        case forbidden
        /// A package of which the registry contradicts itself.
        case unsettled
    }

    public let kind: Kind

    /// The package's name, or what stands in the registry's list.
    public let subject: String

    /// What happened.
    public let detail: String

    /// What tells it from others of its kind, where that is not the subject: the same problem is named once, wherever
    /// it is met.
    public let key: String

    public init(_ kind: Kind, at subject: String, _ detail: String, key: String? = nil) {
        self.key = key ?? subject
        self.kind = kind
        self.subject = subject
        self.detail = detail
    }

    /// The same as it may be stored and published: a list's problem names a document, whose URL may have a password.
    var withoutCredentials: Problem {
        Problem(
            kind, at: urlWithoutCredentials(subject), urlWithoutCredentials(detail), key: urlWithoutCredentials(key))
    }
}
