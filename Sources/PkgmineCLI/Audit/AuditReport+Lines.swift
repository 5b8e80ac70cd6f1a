import Foundation
import PackageMining

extension AuditReport {
    /// How many parts that could not be had are named in words; the manifest names more.
    private static var mostNamed: Int { 20 }

    /// The last lines of an audit.
    var lines: [String] {
        let all = grouped(testimony.entries)
        var lines: [String] = []
        if testimony.withheld.isEmpty {
            lines.append("the \(witness) is proven whole: \(all) records")
        } else {
            lines.append(
                "\(grouped(testimony.withheld.count)) tiles of the \(witness) could not be had; all else of its "
                    + "\(all) records is proven:")
            lines += testimony.withheld.prefix(Self.mostNamed).map { "  \(printable($0))" }
            if testimony.withheld.count > Self.mostNamed { lines.append("  and others, which the manifest names") }
        }
        lines += testimony.proof.sorted { $0.key < $1.key }.map { "  \($0.key): \(printable($0.value))" }
        lines.append("\(grouped(differences.common)) names in both")
        lines.append("\(grouped(differences.onlyHere)) only in \(witness)")
        lines.append(
            onlyInList.map { "\(grouped($0)) only in list" }
                ?? "what is only in the list cannot be told before the tiles are there; run again")
        if rows > 0 { lines.append("\(file.relativePath) names each") }
        return lines
    }
}
