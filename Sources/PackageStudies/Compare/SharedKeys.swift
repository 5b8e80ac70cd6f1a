/// The keys that rows of more than one platform share.
struct SharedKeys: Sendable {
    /// For each shared key, its group.
    private(set) var groups: KeyTable
    /// For each group, its platforms in the order of their names.
    private(set) var platforms: [[UInt16]] = []
    /// For each platform, how many keys its rows have, shared or not.
    private(set) var keysOfPlatform: [Int]

    private struct Part: Sendable {
        var shared: [(TextKey, [UInt16])] = []
        var keysOfPlatform: [Int]
    }

    /// Finds them in parts, several at a time. Each part is the keys with the same remainder.
    static func find(_ pass: FirstPass, parts: Int) async -> SharedKeys {
        let found = await withTaskGroup(of: Part.self) { group in
            for part in 0..<parts { group.addTask { Self.part(part, of: parts, pass) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        var shared = SharedKeys(groups: KeyTable(capacity: found.reduce(0) { $0 + $1.shared.count }), of: pass)
        for part in found {
            for (platform, count) in part.keysOfPlatform.enumerated() { shared.keysOfPlatform[platform] += count }
        }
        for (key, set) in found.lazy.flatMap(\.shared) {
            let group = UInt32(shared.platforms.count)
            shared.groups.update(key) { _ in group }
            shared.platforms.append(set)
        }
        return shared
    }

    private init(groups: KeyTable, of pass: FirstPass) {
        self.groups = groups
        keysOfPlatform = Array(repeating: 0, count: pass.names.count)
    }

    private static func part(_ part: Int, of parts: Int, _ pass: FirstPass) -> Part {
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
        var found = Part(keysOfPlatform: Array(repeating: 0, count: pass.names.count))
        table.forEach { key, set in
            let members = sets.members[Int(set)]
            for platform in members { found.keysOfPlatform[Int(platform)] += 1 }
            if members.count > 1 { found.shared.append((key, members)) }
        }
        return found
    }
}
