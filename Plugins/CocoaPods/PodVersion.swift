import PackageMining

/// A version of a pod, in CocoaPods' own order (CocoaPods/Core's `version.rb`, July 2026), every release behind all
/// pre-releases, as which counts what has a letter or a dash. 1.0 is 1; build metadata, from a `+` on, is nothing.
package struct PodVersion: Comparable {
    private let parts: [Part]

    package init(_ version: String) {
        let runs = VersionRun.runs(of: version.utf8.prefix { $0 != UInt8(ascii: "+") })
        let all = runs.compactMap { Part($0) }
        let leading = all.prefix { $0 < .text("") }
        let numbers = leading.prefix((leading.lastIndex { $0 != .number(.zero) } ?? -1) + 1)
        let isRelease = leading.count == all.count && !runs.contains(.sign(UInt8(ascii: "-")))
        let rest = leading.count == all.count ? [.last] : all[leading.endIndex...]
        parts = [isRelease ? .last : .first] + numbers + [.first] + rest
    }

    package static func < (a: PodVersion, b: PodVersion) -> Bool { a.parts.lexicographicallyPrecedes(b.parts) }
}

/// What versions are compared by: runs of digits and of letters, which all else separates.
private enum Part: Comparable {
    case first
    case number(VersionNumber)
    case text(String)
    case last

    init?(_ run: VersionRun) {
        switch run {
        case .number(let number): self = .number(number)
        case .letters(let letters): self = .text(letters)
        case .sign: return nil
        }
    }
}
