extension Tally {
    /// How many things of each kind are not settled or not right.
    public var problemCounts: [Problem.Kind: Int] {
        var counts = problems
        for (outcome, count) in outcomes where !outcome.isSettled {
            if let kind = outcome.problemKind { counts[kind, default: 0] += count }
        }
        return counts.filter { $0.value > 0 }
    }

    /// The same in words: `12 unreadable lines, 3 gaps, 40 packages could not be asked for`. Nil where all is settled
    /// and right.
    public var problemsInWords: String? {
        let counts = problemCounts
        let words = Problem.Kind.allCases.compactMap { kind in counts[kind].map { kind.inWords($0) } }
        return words.isEmpty ? nil : words.joined(separator: ", ")
    }
}

extension Problem.Kind {
    fileprivate func inWords(_ count: Int) -> String {
        let isOne = count == 1
        let packages = "\(grouped(count)) \(isOne ? "package" : "packages")"
        return switch self {
        case .unreadable: "\(grouped(count)) unreadable \(isOne ? "line" : "lines")"
        case .gap: "\(grouped(count)) \(isOne ? "gap" : "gaps")"
        case .contradiction: "\(grouped(count)) \(isOne ? "contradiction" : "contradictions")"
        case .shrunken: "a list that has shrunk"
        case .failed: "\(packages) could not be asked for"
        case .forbidden: "\(packages) \(isOne ? "was" : "were") refused"
        case .unsettled: "\(packages) \(isOne ? "is" : "are") not settled yet"
        }
    }
}
