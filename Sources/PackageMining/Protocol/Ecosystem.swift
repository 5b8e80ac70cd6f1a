/// Who an ecosystem is: what its list is called, and which registries serve it.
public struct Ecosystem: Hashable, Sendable {
    /// The subcommand and the name of the state file, in lower case: `go`.
    public let id: String

    /// The Platform column of the list: `Go`.
    public let platform: String

    /// The list's file name without its ending: `Go` becomes `Go.csv`.
    public let fileName: String

    /// The type in a package URL (https://github.com/package-url/purl-spec): `golang`.
    public let purlType: String

    /// Where the list and the packages are asked for, the list's registry first.
    public let registries: [Registry]

    /// Choices of this run that change what the list holds: `["include": "all"]`.
    public let options: [String: String]

    /// Whether the place of a release is the time at which the registry first told of it, in nanoseconds since 1970
    /// UTC. Growth over time can then be told from the state alone.
    public let placeIsTime: Bool

    /// The key that signs the list, where one does: it is then the same list wherever it is asked for.
    public let signedBy: String?

    /// What became of the signature of its list in this run: verified by which keys, or not verified. Nil where the
    /// registry signs none.
    public let signature: String?

    /// Whether looking all packages up takes days, so that the list is published wherever that is stopped, with what is
    /// known by then. Else a list is published at the end of a run alone.
    public let publishesWhenStopped: Bool

    public init(
        id: String, platform: String, fileName: String, purlType: String, registries: [Registry],
        options: [String: String] = [:], placeIsTime: Bool = false, signedBy: String? = nil,
        signature: String? = nil, publishesWhenStopped: Bool = false
    ) {
        self.signature = signature
        self.signedBy = signedBy
        self.id = id
        self.platform = platform
        self.fileName = fileName
        self.purlType = purlType
        self.registries = registries
        self.options = options
        self.placeIsTime = placeIsTime
        self.publishesWhenStopped = publishesWhenStopped
    }
}

/// A service of an ecosystem.
public struct Registry: Hashable, Sendable {
    /// What it is called in messages and in the manifest: `module index`.
    public let name: String

    /// Where it is, as it was asked for in this run. Empty in what a plug-in says of an ecosystem that has no registry by
    /// default: which one is meant has to be said then.
    public let url: String

    /// What it bears; nil where nothing is known, and only its answers tell.
    public let pace: Pace?

    public init(name: String, url: String, pace: Pace? = nil) {
        self.name = name
        self.url = url
        self.pace = pace
    }
}
