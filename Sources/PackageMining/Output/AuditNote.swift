package import Foundation

/// What is known of the last audit of a list.
package struct AuditNote: Sendable {
    package let finished: Date

    /// The registry that the list was held against: its name and its URL.
    package let witness: String

    package let records: Int
    package let onlyInWitness: Int

    /// Nil where that cannot be told.
    package let onlyInList: Int?
    package let withheld: Int

    /// Whether the list that is published is the one that was audited.
    package let isOfThisList: Bool

    /// - Returns: nil where the list was not audited.
    package init?(of id: String, in folder: URL) {
        guard let (audit, list) = DataPackage(folder: folder).audit(of: id) else { return nil }
        finished = audit.finished
        witness = audit.registries.sorted { $0.key < $1.key }.map { "\($0.key), \($0.value)" }.joined(separator: "; ")
        records = audit.records
        onlyInWitness = audit.onlyInWitness
        onlyInList = audit.onlyInList
        withheld = audit.withheldCount
        isOfThisList = audit.listSHA256 == list.sha256
    }
}
