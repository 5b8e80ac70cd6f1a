public import Foundation

/// What an audit has found, for its last lines and its exit code.
public struct AuditReport: Hashable, Sendable {
    /// What the list was held against, in words: `checksum database`.
    public let witness: String
    public let testimony: Testimony
    public let differences: NameDifferences

    /// The file of the differences; absent where there are none.
    public let file: URL

    package init(witness: String, testimony: Testimony, differences: NameDifferences, file: URL) {
        self.witness = witness
        self.testimony = testimony
        self.differences = differences
        self.file = file
    }

    /// How many names only the list has; nil where a part of the source could not be had, which may name them.
    public var onlyInList: Int? { testimony.withheld.isEmpty ? differences.onlyInList : nil }

    /// How many rows the file has.
    public var rows: Int { differences.onlyHere + (onlyInList ?? 0) }

    public var exitCode: Int32 { rows == 0 && testimony.withheld.isEmpty ? 0 : 75 }
}
