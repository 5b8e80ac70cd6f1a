/// A host that nobody who runs this tool has named: the name of a package did, or an answer. It may be anybody's, it may
/// be gone, and it may mean harm.
///
/// What the session makes of that (``Request/stranger``):
/// - It is asked by https alone, nine redirects at most, and one thing at a time, unless it is a registry's too.
/// - It lies in the public network: what is looked at is the address of each connection, behind redirects too, and not
///   the name, which may stand for any.
/// - It is tried twice, 25 s each time at most. Of one that has not answered twice no more is asked for a while: what
///   waits for it fails, and nothing else does.
public struct StrangersHost: Hashable, Sendable {
    /// Whether it may lie in a private network too, or on this machine.
    public let mayBePrivate: Bool

    public init(mayBePrivate: Bool = false) {
        self.mayBePrivate = mayBePrivate
    }
}
