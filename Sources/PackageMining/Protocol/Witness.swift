/// Lists the names of an ecosystem from a source that proves that it leaves none out: what its list is audited against.
///
/// Where it only testifies, its pages are of names only; see ``Page/init(reserving:bytes:ofNames:)``. What it could not
/// have, or what was not right, it remembers in its cursors and goes on: all else is kept, and asked for once. A miner
/// whose own list is proven by the walk that lists it is a witness too, and is not walked a second time.
public protocol Witness: EcosystemMiner {
    /// What the spans have shown that were walked, in this listing and in those before.
    func testimony(of walked: [Cursor]) throws -> Testimony
}

/// What a witness has shown.
public struct Testimony: Hashable, Sendable {
    /// What is proven, for the manifest: the key of the source, the tree's root.
    public let proof: [String: String]

    /// How many entries it has, which is more than names.
    public let entries: Int

    /// Parts of it that could not be had, each with what happened. Names may be missing.
    public let withheld: [String]

    /// What was not right.
    public let broken: [BrokenProof]

    public init(proof: [String: String], entries: Int, withheld: [String], broken: [BrokenProof]) {
        self.proof = proof
        self.entries = entries
        self.withheld = withheld
        self.broken = broken
    }
}
