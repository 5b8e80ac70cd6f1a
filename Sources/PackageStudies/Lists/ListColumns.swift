import PackageMining

/// The columns of a list, by meaning.
package enum ListColumn: Int, CaseIterable, Hashable, Sendable {
    case id, platform, name, homepage, repository
}

/// Where the columns of a list stand.
struct ListColumns: Sendable, Hashable {
    /// For each column of the file, its meaning.
    let meanings: [ListColumn]

    /// The names that a header gives to the columns, in the order of ``ListColumn``.
    private static let schemas = ListHeader.allCases.map { header in header.columns.map { Array($0.utf8) } }

    /// Nil for a header of no schema. Only the order of the columns is free.
    init?(header: [[UInt8]]) {
        for schema in Self.schemas {
            let found = header.compactMap { schema.firstIndex(of: $0).flatMap(ListColumn.init(rawValue:)) }
            if found.count == header.count, found.count == schema.count, Set(found).count == found.count {
                meanings = found
                return
            }
        }
        return nil
    }
}
