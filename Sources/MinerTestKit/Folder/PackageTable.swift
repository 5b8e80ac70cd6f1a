import PackageMining

/// A row of `packages.csv`: what the registry tells of a package, or of a version of one.
struct PackageRow: Sendable {
    /// The place among all rows, from 1.
    let number: Int
    let values: [String: String]

    var name: String { values["name"] ?? "" }
    var key: [UInt8] { Array(name.utf8) }

    /// The value of a column, `number` among them.
    subscript(column: String) -> String { column == "number" ? String(number) : values[column] ?? "" }
}

/// The rows of `packages.csv`, and those that have come to them since.
struct PackageTable: Sendable {
    private(set) var rows: [PackageRow] = []

    /// Where each listing begins: the first one, and one for each growth.
    private(set) var listings = [0]

    /// How the registry tells of what is not in the table.
    enum Sample: String, CaseIterable, Sendable {
        /// A package of a name of the suite's choice.
        case new = "*"
        /// A package that has changed.
        case changed = "**"
        /// An entry that has no name.
        case nameless = "!"
    }

    private let samples: [Sample: [String: TextTemplate]]
    private var removed: Set<[UInt8]> = []

    let columns: Set<String>

    init(_ table: CSVTable) throws(FixtureFolderError) {
        columns = Set(table.header)
        if !table.header.isEmpty, !columns.contains("name") {
            throw FixtureFolderError("packages.csv has no column name")
        }
        if let taken = TemplateScope.words.intersection(columns).min() {
            throw FixtureFolderError("packages.csv has a column \(taken), which is a word with another meaning")
        }
        var samples: [Sample: [String: TextTemplate]] = [:]
        for row in table.rows {
            guard let sample = Sample(rawValue: row["name"] ?? "") else { continue }
            samples[sample] = [:]
            for (column, text) in row { samples[sample]?[column] = try TextTemplate(text, words: ["number", "name"]) }
        }
        self.samples = samples
        append(table.rows.filter { Sample(rawValue: $0["name"] ?? "") == nil })
    }

    /// Whether there is a row that says how such a one is told.
    func has(_ sample: Sample) -> Bool { samples[sample] != nil }

    /// What is added from now on is told by a later listing than what is there.
    mutating func beginListing() { listings.append(rows.count) }

    mutating func append(_ added: [[String: String]]) {
        for values in added { rows.append(PackageRow(number: rows.count + 1, values: values)) }
    }

    mutating func add(names: [String]) {
        for name in names { rows.append(row(rows.count + 1, .new, name)) }
    }

    mutating func addNameless() { rows.append(row(rows.count + 1, .nameless, "")) }

    mutating func remove(_ name: String) { removed.insert(Array(name.utf8)) }

    func isRemoved(_ package: PackageRow) -> Bool { removed.contains(package.key) }

    /// Tells of each row of the package as of one that has changed.
    mutating func change(_ name: String) {
        let key = Array(name.utf8)
        rows = rows.map { $0.key == key ? row($0.number, .changed, name) : $0 }
    }

    private func row(_ number: Int, _ sample: Sample, _ name: String) -> PackageRow {
        let told = ToldRows([PackageRow(number: number, values: ["name": name])])
        let values = (samples[sample] ?? [:]).mapValues { $0.text(in: TemplateScope(told, base: "")) }
        return PackageRow(number: number, values: values.merging(["name": name]) { $1 })
    }

    /// The rows of the last packages, or of all.
    func told(_ kept: Int?) -> [PackageRow] {
        let rows = rows.filter { !isRemoved($0) }
        guard let kept else { return rows }
        var names: Set<[UInt8]> = []
        for row in rows.reversed() where names.count < kept { names.insert(row.key) }
        return rows.filter { names.contains($0.key) }
    }

    /// A row for each package, in order of first appearance; the last row of a package has its links.
    func packages(isOrderedByName: Bool) -> [PackageRow] {
        let newest = Dictionary(rows.map { ($0.key, $0) }) { $1 }
        var known: Set<[UInt8]> = []
        return zip(listings, listings.dropFirst() + [rows.count]).flatMap { start, end in
            let names = rows[start..<end].map(\.key).filter { !$0.isEmpty && known.insert($0).inserted }
            let ordered = isOrderedByName ? names.sorted { $0.lexicographicallyPrecedes($1) } : names
            return ordered.compactMap { newest[$0] }
        }
    }
}

/// What a registry tells of: rows, one time or many times over.
struct ToldRows: Sendable {
    private let rows: [PackageRow]
    private let repetitions: Int
    let pageSize: Int

    /// The largest number of a row: rows that are told again have numbers beyond it.
    private let last: Int

    init(_ rows: [PackageRow], repetitions: Int = 1, pageSize: Int = 4) {
        self.rows = rows
        self.repetitions = repetitions
        self.pageSize = max(1, pageSize)
        last = rows.map(\.number).max() ?? 0
    }

    var count: Int { rows.count * repetitions }

    /// The same without the rows that are told again.
    var countOnce: Int { rows.count }

    subscript(index: Int) -> PackageRow {
        let row = rows[index % rows.count]
        return PackageRow(number: row.number + index / rows.count * last, values: row.values)
    }

    /// The same in the order of a column.
    func sorted(by column: String) -> ToldRows {
        if column == "number" { return self }
        let sorted = rows.sorted { isBefore($0[column], $1[column]) }
        return ToldRows(sorted, repetitions: repetitions, pageSize: pageSize)
    }

    /// The first place whose value of a column is not before a text, or is behind it.
    func place(of column: String, _ text: String, isBehind: Bool) -> Int {
        if column == "number", let number = Int(text) { return place(ofNumber: isBehind ? number + 1 : number) }
        return (0..<count).first {
            isBehind ? isBefore(text, self[$0][column]) : !isBefore(self[$0][column], text)
        } ?? count
    }

    /// The first place of that number or a larger one. Numbers stay where rows have gone.
    private func place(ofNumber number: Int) -> Int {
        guard number > 1, last > 0 else { return 0 }
        let (times, number) = (number - 1).quotientAndRemainder(dividingBy: last)
        return min(times * rows.count + (rows.firstIndex { $0.number > number } ?? rows.count), count)
    }
}

/// Numbers by their value, all else by its UTF-8.
private func isBefore(_ one: String, _ other: String) -> Bool {
    if let one = Int(one), let other = Int(other) { return one < other }
    return one.utf8.lexicographicallyPrecedes(other.utf8)
}
