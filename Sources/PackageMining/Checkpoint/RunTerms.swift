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
