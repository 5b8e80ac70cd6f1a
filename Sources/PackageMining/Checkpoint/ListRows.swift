/// Rows on their way from the store to the list, their texts in one buffer one behind another.
public struct ListRows: Sendable {
    package struct Row: Sendable {
        package let id: PackageID
        package let start: Int
        package let nameEnd: Int
        package let homepageEnd: Int
        package let repositoryEnd: Int
    }

    package private(set) var text: [UInt8] = []
    package private(set) var rows: [Row] = []

    package init(reserving count: Int = 0) {
        rows.reserveCapacity(count)
        text.reserveCapacity(count * 120)
    }

    /// Adds a row. A missing link is empty.
    package mutating func append(
        id: PackageID, name: UnsafeRawBufferPointer, homepage: UnsafeRawBufferPointer,
        repository: UnsafeRawBufferPointer
    ) {
        let start = text.count
        text.append(contentsOf: name)
        let nameEnd = text.count
        text.append(contentsOf: homepage)
        let homepageEnd = text.count
        text.append(contentsOf: repository)
        rows.append(
            Row(
                id: id, start: start, nameEnd: nameEnd, homepageEnd: homepageEnd, repositoryEnd: text.count))
    }
}
