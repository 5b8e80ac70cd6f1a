import PackageMining

/// A version of a NuGet package: up to four numbers and labels
/// (https://learn.microsoft.com/nuget/concepts/package-versioning). What is none comes before all others.
package struct NuGetVersion: Comparable {
    /// As URLs spell it: no leading zeros, three numbers or four where the last is not 0, no build metadata, in lower
    /// case. Two spellings of one version have this in common.
    package let normalized: String

    private let version: SemanticVersion?

    package init(_ text: String) {
        let text = text.lowercased()
        version = SemanticVersion(text, largestLabel: Int(Int32.max)).flatMap { $0.numbers.count < 5 ? $0 : nil }
        guard let version else {
            normalized = String(text.prefix { $0 != "+" })
            return
        }
        let numbers = (0..<(version.number(3) == 0 ? 3 : 4)).map { String(version.number($0)) }.joined(separator: ".")
        normalized = numbers + (version.preRelease.isEmpty ? "" : "-" + version.preRelease)
    }

    package static func < (a: NuGetVersion, b: NuGetVersion) -> Bool {
        guard let left = a.version, let right = b.version else { return a.version == nil && b.version != nil }
        return left < right
    }
}
