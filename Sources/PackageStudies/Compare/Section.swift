/// Platforms by the UTF-8 of their names.
struct RankedPlatforms: Sendable {
    /// The platforms' numbers in order.
    let order: [Int]
    /// For each platform, its place in the order.
    let rank: [Int]

    init(_ names: [[UInt8]]) {
        let order = names.indices.sorted { names[$0].lexicographicallyPrecedes(names[$1]) }
        var rank = Array(repeating: 0, count: names.count)
        for (place, number) in order.enumerated() { rank[number] = place }
        self.order = order
        self.rank = rank
    }
}

/// The kept rows, group by group.
struct GroupedRows: Sendable {
    private var rows: [SecondPass.Row] = []
    private var starts: [Int]

    init(_ pass: SecondPass, groups: Int) {
        starts = Array(repeating: 0, count: groups + 1)
        for row in pass.rows.joined() { starts[Int(row.group) + 1] += 1 }
        for group in 0..<groups { starts[group + 1] += starts[group] }
        guard let some = pass.rows.first(where: { !$0.isEmpty })?.first else { return }
        rows = Array(repeating: some, count: starts[groups])
        var next = starts
        for row in pass.rows.joined() {
            rows[next[Int(row.group)]] = row
            next[Int(row.group)] += 1
        }
    }

    subscript(group: UInt32) -> ArraySlice<SecondPass.Row> { rows[starts[Int(group)]..<starts[Int(group) + 1]] }
}

/// The repositories of one exact set of platforms with their rows, all in order.
struct Section: Sendable {
    struct Group: Sendable {
        let number: UInt32
        let packages: Int
        let rows: Range<Int>
    }

    /// In the order of their names.
    let platforms: [UInt16]
    private(set) var groups: [Group] = []
    private(set) var rows: [SecondPass.Row] = []
    private(set) var packages = 0

    /// Fewer platforms first, then by their names.
    static func all(
        of platforms: [[UInt16]], _ rows: GroupedRows, _ pass: SecondPass, _ ranked: RankedPlatforms
    ) async -> [Section] {
        var members: [[UInt16]: [UInt32]] = [:]
        for (group, set) in platforms.enumerated() { members[set, default: []].append(UInt32(group)) }
        let sections = await withTaskGroup(of: Section.self) { tasks in
            for (set, groups) in members {
                tasks.addTask { Section(set, groups, rows, pass, ranked) }
            }
            return await tasks.reduce(into: []) { $0.append($1) }
        }
        return sections.sorted { left, right in
            if left.platforms.count != right.platforms.count { return left.platforms.count < right.platforms.count }
            return left.ranks(ranked).lexicographicallyPrecedes(right.ranks(ranked))
        }
    }

    private func ranks(_ ranked: RankedPlatforms) -> [Int] { platforms.map { ranked.rank[Int($0)] } }

    private init(
        _ set: [UInt16], _ members: [UInt32], _ all: GroupedRows, _ pass: SecondPass, _ ranked: RankedPlatforms
    ) {
        platforms = set.sorted { ranked.rank[Int($0)] < ranked.rank[Int($1)] }
        let ordered = members.sorted { pass.title($0).lexicographicallyPrecedes(pass.title($1)) }
        groups.reserveCapacity(ordered.count)
        let order = RowOrder(pass: pass, rank: ranked.rank)
        for group in ordered {
            let start = rows.count
            var count = 0
            var previous: SecondPass.Row?
            for row in all[group].sorted(by: order.goesBefore) {
                if let previous, order.isSame(previous, row) { continue }
                if previous.map({ order.isSamePackage($0, row) }) != true { count += 1 }
                rows.append(row)
                previous = row
            }
            packages += count
            groups.append(Group(number: group, packages: count, rows: start..<rows.count))
        }
    }
}

/// By platform, name, Package ID, homepage and repository, each by its bytes.
struct RowOrder {
    let pass: SecondPass
    let rank: [Int]

    func goesBefore(_ left: SecondPass.Row, _ right: SecondPass.Row) -> Bool {
        if left.platform != right.platform { return rank[Int(left.platform)] < rank[Int(right.platform)] }
        for column in [ListColumn.name, .id, .homepage, .repository] {
            let (one, two) = (pass.field(column, of: left), pass.field(column, of: right))
            if one != two { return one.lexicographicallyPrecedes(two) }
        }
        return false
    }

    func isSamePackage(_ left: SecondPass.Row, _ right: SecondPass.Row) -> Bool {
        left.platform == right.platform && pass.field(.name, of: left) == pass.field(.name, of: right)
    }

    func isSame(_ left: SecondPass.Row, _ right: SecondPass.Row) -> Bool {
        !goesBefore(left, right) && !goesBefore(right, left)
    }
}

extension SecondPass {
    func field(_ column: ListColumn, of row: Row) -> ArraySlice<UInt8> {
        let id = Int(row.start)
        let name = id + Int(row.id)
        let homepage = name + Int(row.name)
        let repository = homepage + Int(row.homepage)
        let bytes = pieces[Int(row.piece)]
        return switch column {
        case .id: bytes[id..<name]
        case .name: bytes[name..<homepage]
        case .homepage: bytes[homepage..<repository]
        case .repository: bytes[repository..<repository + Int(row.repository)]
        case .platform: bytes[0..<0]
        }
    }
}
