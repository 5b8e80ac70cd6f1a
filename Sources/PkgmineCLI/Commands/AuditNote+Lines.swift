import Foundation
import PackageMining

extension AuditNote {
    /// What `status` says of it.
    var lines: [String] {
        let ofList = isOfThisList ? "" : ", of an earlier list"
        var lines = [
            "  audit       finished \(finished.ISO8601Format())\(ofList)",
            "              \(grouped(records)) records of the \(printable(witness))",
        ]
        if withheld > 0 {
            lines.append("              \(grouped(withheld)) of its tiles could not be had: run it again")
        }
        let onlyInList = onlyInList.map { "\(grouped($0)) only in the list" } ?? "only in the list: not known yet"
        lines.append("              \(grouped(onlyInWitness)) names only there, \(onlyInList)")
        return lines
    }
}
