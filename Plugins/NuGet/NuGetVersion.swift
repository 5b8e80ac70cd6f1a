/// A version of a NuGet package: up to four numbers and labels (https://learn.microsoft.com/nuget/concepts/package-versioning).
struct NuGetVersion: Comparable {
    /// As URLs spell it: no leading zeros, three numbers or four where the last is not 0, no build metadata, in lower
    /// case. Two spellings of one version have this in common.
    let normalized: String

    private let numbers: [Int]
    private let labels: [Substring]

    init(_ text: String) {
        let text = text.lowercased()
        let bare = text.prefix { $0 != "+" }
        let core = bare.prefix { $0 != "-" }
        let label = bare.dropFirst(core.count + 1)
        labels = label.isEmpty ? [] : label.split(separator: ".", omittingEmptySubsequences: false)
        let parts = core.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Int($0) }
        guard (1...4).contains(parts.count), numbers.count == parts.count else {
            self.numbers = [-1]
            normalized = String(bare)
            return
        }
        self.numbers = numbers + [Int](repeating: 0, count: 4 - numbers.count)
        let shown = self.numbers[3] == 0 ? self.numbers.dropLast() : self.numbers[...]
        normalized = shown.map(String.init).joined(separator: ".") + (label.isEmpty ? "" : "-" + label)
    }

    static func == (a: NuGetVersion, b: NuGetVersion) -> Bool { !(a < b) && !(b < a) }

    static func < (a: NuGetVersion, b: NuGetVersion) -> Bool {
        if a.numbers != b.numbers { return a.numbers.lexicographicallyPrecedes(b.numbers) }
        // A release comes after its pre-releases.
        if a.labels.isEmpty || b.labels.isEmpty { return !a.labels.isEmpty && b.labels.isEmpty }
        for (left, right) in zip(a.labels, b.labels) where left != right {
            switch (Int32(left), Int32(right)) {
            case (let left?, let right?) where left != right: return left < right
            case (_?, nil): return true
            case (nil, _?): return false
            case (nil, nil): return left.utf8.lexicographicallyPrecedes(right.utf8)
            default: continue
            }
        }
        return a.labels.count < b.labels.count
    }
}
