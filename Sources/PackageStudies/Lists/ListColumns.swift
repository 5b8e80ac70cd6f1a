/// The columns of a list, by meaning.
package enum ListColumn: Int, CaseIterable, Hashable, Sendable {
    case id, platform, name, homepage, repository
}

/// Where the columns of a list stand.
struct ListColumns: Sendable, Hashable {
    /// For each column of the file, its meaning.
    let meanings: [ListColumn]

    private static let schemas: [[String: ListColumn]] = [
        [
            "Package ID": .id, "Platform": .platform, "Name": .name, "Homepage": .homepage,
            "Repository": .repository,
        ],
        [
            "ID": .id, "Platform": .platform, "Name": .name, "Homepage URL": .homepage,
            "Repository URL": .repository,
        ],
    ]

    /// Nil for a header of neither schema. Only the order of the columns is free.
    init?(header: [String]) {
        guard header.count == ListColumn.allCases.count, Set(header).count == header.count else { return nil }
        for schema in Self.schemas {
            let found = header.compactMap { schema[$0] }
            if found.count == header.count {
                meanings = found
                return
            }
        }
        return nil
    }
}
