/// What packages are matched by.
public enum Match: String, CaseIterable, Sendable {
    /// The repository that the Repository column names.
    case repository
    /// The same, or where it names none, the one that the Homepage column names.
    case repositoryOrHomepage = "repository-or-homepage"
    /// The package's name, byte by byte.
    case name
}

/// How lists are compared.
public struct ComparisonOptions: Sendable {
    public var match = Match.repository
    /// Whether to infer repositories that an address does not itself name.
    public var inferring = false

    public init(match: Match = .repository, inferring: Bool = false) {
        self.match = match
        self.inferring = inferring
    }
}
