package import ChecksumDatabase
public import PackageMining

/// Lists the module paths of a checksum database, all of them: its tree is signed, so that none can be missing.
///
/// Every module version that the go command may fetch from a public proxy stands in it (https://go.dev/design/25530-sumdb).
public struct DatabaseWitness: Witness {
    private let setting: DatabaseSetting
    private let made = MadeHashes()

    package init(_ setting: DatabaseSetting) {
        self.setting = setting
    }

    public var ecosystem: Ecosystem {
        Ecosystem(
            id: "go.checksum-database", platform: "Go", fileName: "Go", purlType: "golang",
            registries: [Registry(name: "checksum database", url: setting.url)], signedBy: setting.key.id)
    }

    public func spans(of run: RunFacts, after walked: [TreeCursor]) -> [TreeCursor] { walked.followed }

    public func list(
        from cursor: TreeCursor, through session: any RegistrySession, into sink: PageSink<TreeCursor>
    ) async throws {
        let requests = DatabaseRequests(setting: setting, session: session, made: made)
        try await TreeWalk(requests: requests, ofNames: true, sink: sink) { $0 }.walk(from: cursor)
    }

    public func remaining(in cursor: TreeCursor) -> Int? { cursor.remaining }

    public func testimony(of walked: [TreeCursor]) -> Testimony { walked.testimony(signedBy: setting.key) }
}

/// Where Go modules are listed from the database, the list's own walk has proven what an audit would.
extension GoMiner: Witness {
    public func testimony(of walked: [GoCursor]) -> Testimony {
        guard let key = database?.key else { return Testimony(proof: [:], entries: 0, withheld: [], broken: []) }
        return walked.compactMap(\.tree).testimony(signedBy: key)
    }
}

extension [TreeCursor] {
    /// Why a list from the tree is not whole; nil where it is.
    ///
    /// A module whose first record is in a tile that could not be had would have a later Package ID for good: no list is
    /// made of the others.
    var lack: (any Error)? {
        let missing = missing
        if let broken = missing.first(where: \.isBroken) { return BrokenProof(at: broken.url, broken.reason) }
        if missing.isEmpty { return nil }
        return WithheldParts(missing.map { WithheldParts.Part(at: $0.url, $0.reason) })
    }

    /// Where the next listing begins.
    var followed: [TreeCursor] {
        [.opening(TreeOpening(earlier: newestHead, missing: missing.map(\.tile)))]
    }

    var newestHead: TreeHead? { compactMap(\.head).max { $0.size < $1.size } }

    fileprivate func testimony(signedBy key: VerifierKey) -> Testimony {
        let missing = missing
        return Testimony(
            proof: ["key": key.id, "root": newestHead?.root.base64 ?? ""], entries: newestHead?.size ?? 0,
            withheld: missing.filter { !$0.isBroken }.map { "\($0.url): \($0.reason)" },
            broken: missing.filter(\.isBroken).map { BrokenProof(at: $0.url, $0.reason) })
    }

    /// What could not be had, by its place in the tree. A group that was walked again has asked for it again.
    var missing: [TreeGroups.Missing] {
        var ofGroup: [Int: [TreeGroups.Missing]] = [:]
        for case .groups(let groups) in self { ofGroup[groups.group] = groups.missing }
        return ofGroup.values.joined().sorted { $0.tile < $1.tile }
    }
}

extension TreeCursor {
    var remaining: Int? {
        if case .groups(let groups) = self { groups.remaining } else { nil }
    }
}
