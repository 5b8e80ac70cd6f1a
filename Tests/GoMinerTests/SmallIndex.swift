import Foundation
import GoMiner
import PackageMining

/// An index that answers by the real rules: inclusive `since`, a limit, the order of time.
struct SmallIndex: Sendable {
    struct Entry: Sendable {
        let path: String
        let time: String
    }

    let entries: [Entry]
    var largestPage = 2_000
    /// Lines that stand in front of the entry of that number.
    var junk: [Int: String] = [:]

    func answer(_ url: String) -> Response {
        let query = URLComponents(string: url)?.queryItems ?? []
        let since = query.first { $0.name == "since" }?.value.flatMap { IndexTime($0.utf8) }
        let limit = min(largestPage, query.first { $0.name == "limit" }?.value.flatMap(Int.init) ?? 2_000)
        let lines = entries.enumerated()
            .filter { since == nil || IndexTime($0.element.time.utf8)! >= since! }.prefix(limit)
            .map { index, entry in
                (junk[index].map { $0 + "\n" } ?? "")
                    + #"{"Path":"\#(entry.path)","Version":"v1.0.0","Timestamp":"\#(entry.time)"}"# + "\n"
            }
        return .text(lines.joined())
    }
}

extension SmallIndex {
    /// Seven entries, three of them of one time.
    static let seven = SmallIndex(
        entries: ["10.1Z", "10.2Z", "10.2Z", "10.2Z", "11Z", "12.000001Z", "12.000002Z"].enumerated().map {
            Entry(path: "a.com/m\($0.offset)", time: "2019-04-10T19:08:\($0.element)")
        })
}
