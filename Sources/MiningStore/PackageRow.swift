/// A row of the table of packages. They are numbered from 1 on without gaps, as packages are met; a Package ID is given
/// later.
package struct PackageRow: RawRepresentable, Hashable, Comparable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// What SQLite tells or takes.
    var number: Int64 { Int64(rawValue) }

    /// Its index in an array that has an element for each row, and one for none.
    var index: Int { Int(rawValue) }

    func advanced(by count: UInt32) -> PackageRow { PackageRow(rawValue: rawValue + count) }

    package static func < (a: PackageRow, b: PackageRow) -> Bool { a.rawValue < b.rawValue }
}

extension PackageRow: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: UInt32) { self.init(rawValue: value) }
}
