import Foundation

/// The time of a commit to the catalogue, as the registry writes it: up to seven digits of a second, trailing zeros
/// left out. Text is kept as it came; order is that of the times.
struct CommitTime: Comparable, Sendable {
    let text: String

    /// In units of 100 nanoseconds since 1970: .NET's ticks.
    let ticks: Int64

    /// Nil for what is no time in UTC.
    init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let isFraction = parts.count == 2
        guard let zone = ["Z", "+00:00"].first(where: text.hasSuffix) else { return nil }
        let whole = isFraction ? String(parts[0]) : String(text.dropLast(zone.count))
        let digits = isFraction ? parts[1].dropLast(zone.count) : ""
        guard let date = try? Date(whole + "Z", strategy: .iso8601), digits.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 })
        else { return nil }
        let fraction = Int64(String((digits + "0000000").prefix(7))) ?? 0
        self.text = text
        ticks = Int64(date.timeIntervalSince1970) * 10_000_000 + fraction
    }

    static func == (a: CommitTime, b: CommitTime) -> Bool { a.ticks == b.ticks }
    static func < (a: CommitTime, b: CommitTime) -> Bool { a.ticks < b.ticks }
}
