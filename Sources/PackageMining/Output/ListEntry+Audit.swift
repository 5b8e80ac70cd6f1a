import Foundation

extension ListEntry {
    /// What a list was held against, and how far they differ.
    struct Audit: Codable {
        /// What it was held against: name and URL.
        let registries: [String: String]

        /// What is proven of that: the key that has signed it, the tree's root.
        let proof: [String: String]

        /// How many records it has.
        let records: Int

        /// Names in both, and in one only. What only the list has is not known where a part was withheld.
        let inBoth: Int
        let onlyInWitness: Int
        let onlyInList: Int?

        /// The first parts that could not be had, and how many there are.
        let withheld: [String]
        let withheldCount: Int

        /// The list that was audited, in lower-case hexadecimal digits.
        let listSHA256: String?
        let finished: Date

        /// The file of the differences; absent where there are none.
        let differences: FileFacts?

        private static let mostNamed = 1_000

        init(
            _ report: AuditReport, file: (file: PublishedFile, rows: Int)?, of listSHA256: String?,
            registries: [String: String], finished: Date
        ) {
            self.registries = registries
            proof = report.testimony.proof
            records = report.testimony.entries
            inBoth = report.differences.common
            onlyInWitness = report.differences.onlyHere
            onlyInList = report.onlyInList
            withheld = Array(report.testimony.withheld.prefix(Self.mostNamed))
            withheldCount = report.testimony.withheld.count
            self.listSHA256 = listSHA256
            self.finished = finished
            differences = file.map(FileFacts.init)
        }

        /// The file of the differences, beside the resource of that name, which is the list.
        func resources(of name: String, file list: String) -> [Resource] {
            guard let differences else { return [] }
            return [
                Resource(
                    name: "\(name)-audit", title: "Names that only one has of \(list) and its witness",
                    facts: differences, schema: .audit, mining: nil)
            ]
        }
    }
}
