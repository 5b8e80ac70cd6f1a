/// Numbers by text key, in open addressing: 20 bytes a place, at most three quarters of them taken.
struct KeyTable: Sendable {
    private var keys: [TextKey]
    private var values: [UInt32]
    private(set) var count = 0

    init(capacity: Int = 1024) {
        var places = 1024
        while places * 3 / 4 <= capacity { places *= 2 }
        keys = Array(repeating: .none, count: places)
        values = Array(repeating: 0, count: places)
    }

    subscript(key: TextKey) -> UInt32? {
        let place = find(key)
        return keys[place] == key ? values[place] : nil
    }

    /// Changes the number of a key, which is 0 before it is first changed.
    mutating func update(_ key: TextKey, _ change: (UInt32) -> UInt32) {
        var place = find(key)
        if keys[place] != key {
            if (count + 1) * 4 > keys.count * 3 {
                grow()
                place = find(key)
            }
            keys[place] = key
            count += 1
        }
        values[place] = change(values[place])
    }

    func forEach(_ body: (TextKey, UInt32) -> Void) {
        for place in keys.indices where keys[place] != .none { body(keys[place], values[place]) }
    }

    private func find(_ key: TextKey) -> Int {
        let mask = keys.count - 1
        var place = Int(truncatingIfNeeded: key.high) & mask
        while keys[place] != key, keys[place] != .none { place = (place + 1) & mask }
        return place
    }

    private mutating func grow() {
        var larger = KeyTable(capacity: keys.count)
        for place in keys.indices where keys[place] != .none {
            let free = larger.find(keys[place])
            larger.keys[free] = keys[place]
            larger.values[free] = values[place]
        }
        larger.count = count
        self = larger
    }
}

/// Sets of platforms, each known by a number. 0 is the empty set.
struct PlatformSets: Sendable {
    private(set) var members: [[UInt16]] = [[]]
    private var numbers: [[UInt16]: UInt32] = [[]: 0]
    /// For each set, the set with one platform more; `.max` where not yet known.
    private var successors: [UInt32]
    private let platforms: Int

    init(platforms: Int) {
        self.platforms = max(platforms, 1)
        successors = Array(repeating: .max, count: self.platforms)
    }

    mutating func adding(_ platform: UInt16, to set: UInt32) -> UInt32 {
        let place = Int(set) * platforms + Int(platform)
        let known = successors[place]
        if known != .max { return known }
        let found = number(of: members[Int(set)], with: platform, alike: set)
        successors[place] = found
        return found
    }

    private mutating func number(of set: [UInt16], with platform: UInt16, alike number: UInt32) -> UInt32 {
        if set.contains(platform) { return number }
        let larger = (set + [platform]).sorted()
        if let known = numbers[larger] { return known }
        let new = UInt32(members.count)
        members.append(larger)
        numbers[larger] = new
        successors.append(contentsOf: repeatElement(.max, count: platforms))
        return new
    }
}
