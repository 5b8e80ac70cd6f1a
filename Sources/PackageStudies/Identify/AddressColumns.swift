import PackageMining

/// Where the addresses of a table stand.
package enum AddressColumns: Hashable, Sendable {
    /// - platform: what tells the ecosystem of a row, where there is such a column: in npm's, `owner/name` is GitHub's.
    case table(width: Int, address: Int, platform: Int?)
    /// An address a line, and no header.
    case lines

    /// What the columns of addresses are called where nobody says it.
    static let usual = ListHeader.allCases.map { $0.columns[ListColumn.repository.rawValue] }
    private static let platform = ListHeader.standard.columns[ListColumn.platform.rawValue]

    /// The columns of a table with this header; lines, where none is called as usual and there is but one.
    ///
    /// - Parameter wanted: the column of addresses; nil for what is usual.
    init(_ header: [[UInt8]], wanted: String?) throws(RefusedHeader) {
        let names = header.map { String(decoding: $0, as: UTF8.self) }
        let called = wanted.map { [$0] } ?? Self.usual
        let found = names.indices.filter { called.contains(names[$0]) }
        guard let address = found.first else {
            if wanted == nil, names.count == 1 {
                self = .lines
                return
            }
            throw .noColumn(wanted ?? Self.usual[0], among: names)
        }
        if found.count > 1 { throw .twice(names[address]) }
        if let taken = IdentifiedColumn.allCases.first(where: { names.contains($0.rawValue) }) {
            throw .taken(taken.rawValue)
        }
        self = .table(width: names.count, address: address, platform: names.firstIndex(of: Self.platform))
    }
}

/// What is added to a row. The raw values are the names of the columns.
enum IdentifiedColumn: String, CaseIterable, Sendable {
    case canonical = "Canonical Repository"
    case host = "Host"
    case owner = "Owner"
    case name = "Repository Name"
    case directory = "Subdirectory"
    case notUnderstood = "Not Understood"
    case inferredFrom = "Inferred From"

    /// - Parameter inferring: whether repositories are inferred, and so labelled.
    static func added(inferring: Bool) -> [IdentifiedColumn] { inferring ? allCases : allCases.dropLast() }
}

/// Why the addresses of a table cannot be found.
enum RefusedHeader: Error {
    case noColumn(String, among: [String])
    case twice(String)
    case taken(String)

    var reason: String {
        switch self {
        case .noColumn(let name, let names): "it has no column \"\(name)\"; it has: \(names.joined(separator: ", "))"
        case .twice(let name): "it has two columns \"\(name)\""
        case .taken(let name): "it has a column \"\(name)\" already"
        }
    }

    var hint: String {
        switch self {
        case .noColumn:
            "name the column of addresses with --column; where each line is an address, and there is no header, use "
                + "--lines"
        case .twice, .taken: "give the columns names of their own, or leave one of them out"
        }
    }
}
