import PackageMining

/// How looking packages up ended, a bar a list, as the data package beside each list counts it.
///
/// "The registry names none" and "it could not be asked" are different findings; a share of `nan` hides that.
struct LookUpPlot {
    private let lists: [(name: String, outcomes: [String: Int])]
    private let outcomes: [String]

    /// As many as there are colours to tell apart.
    private static let mostParts = 8
    private static let rest = "other"

    init(_ provenance: [Provenance]) {
        lists = provenance.filter { !$0.outcomes.isEmpty }.map { ($0.list, $0.outcomes) }
        let sums = lists.reduce(into: [:]) { $0.merge($1.outcomes, uniquingKeysWith: +) }
        let known = Outcome.allCases.map(\.rawValue)
        let named = known.filter { sums[$0, default: 0] > 0 }
        let most = named.sorted { sums[$0, default: 0] > sums[$1, default: 0] }.prefix(Self.mostParts - 1)
        let isForeign = sums.contains { $0.value > 0 && !known.contains($0.key) }
        let isEach = named.count <= Self.mostParts && !isForeign
        outcomes = isEach ? named : named.filter(most.contains) + [Self.rest]
    }

    /// Nothing where no list was looked up.
    func figure() -> String {
        guard !lists.isEmpty, !outcomes.isEmpty else { return "" }
        let parts = lists.map { list in outcomes.map { count($0, in: list.outcomes) } }
        let rows = zip(lists, parts).map { list, parts in
            BarPlot.Row(label: list.name, parts: parts, note: Markup.number(parts.reduce(0, +)))
        }
        return BarPlot(
            id: "lookups", title: "How looking the packages up ended", axisTitle: "Share of the packages looked up",
            legend: outcomes, rows: rows, isShare: true
        ).figure(data: [["List"] + outcomes] + zip(lists, parts).map { [$0.name] + $1.map(String.init) })
    }

    private func count(_ outcome: String, in counts: [String: Int]) -> Int {
        guard outcome == Self.rest else { return counts[outcome] ?? 0 }
        return counts.reduce(0) { $0 + (outcomes.contains($1.key) ? 0 : $1.value) }
    }
}
