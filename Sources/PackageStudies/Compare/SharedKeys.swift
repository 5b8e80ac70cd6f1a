/// The keys that rows of more than one platform share.
struct SharedKeys: Sendable {
    /// For each shared key, its group.
    private(set) var groups: KeyTable
    /// For each group, its platforms in the order of their names.
    private(set) var platforms: [[UInt16]] = []

    /// Finds them in parts, several at a time. Each part is the keys with the same remainder.
    static func find(_ pass: FirstPass, parts: Int) async -> SharedKeys {
        let found = await withTaskGroup(of: [(TextKey, [UInt16])].self) { group in
            for part in 0..<parts { group.addTask { Self.part(part, of: parts, pass) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        var shared = SharedKeys(groups: KeyTable(capacity: found.reduce(0) { $0 + $1.count }))
        for (key, set) in found.joined() {
            let group = UInt32(shared.platforms.count)
            shared.groups.update(key) { _ in group }
            shared.platforms.append(set)
        }
        return shared
    }

    private init(groups: KeyTable) {
        self.groups = groups
    }

    private static func part(_ part: Int, of parts: Int, _ pass: FirstPass) -> [(TextKey, [UInt16])] {
        var sets = PlatformSets(platforms: pass.names.count)
        var table = KeyTable()
        for (sequence, keys) in pass.keys {
            guard let platforms = pass.platforms[sequence] else { continue }
            for index in keys.indices where keys[index] != .none {
                let key = keys[index]
                guard Int(key.low >> 32) % parts == part else { continue }
                let platform = platforms.count == 1 ? platforms[0] : platforms[index]
                table.update(key) { sets.adding(platform, to: $0) }
            }
        }
        var shared: [(TextKey, [UInt16])] = []
        table.forEach { key, set in
            if sets.members[Int(set)].count > 1 { shared.append((key, sets.members[Int(set)])) }
        }
        return shared
    }
}
