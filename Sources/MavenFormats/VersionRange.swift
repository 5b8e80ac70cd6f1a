/// The versions that a parent may have, as in `[1,2)` or `(,1],[3,4]` (https://maven.apache.org/pom.html#dependency-version-requirement-specification).
package struct VersionRange {
    private struct Part {
        let lower: MavenVersion?
        let upper: MavenVersion?
        let includesLower: Bool
        let includesUpper: Bool

        func contains(_ version: MavenVersion) -> Bool {
            let isAbove = lower.map { $0 < version || includesLower && $0 == version } ?? true
            return isAbove && upper.map { version < $0 || includesUpper && version == $0 } ?? true
        }
    }

    private var parts: [Part] = []

    /// - Returns: nil for a plain version, and for one that Maven refuses: without an upper bound, or not well-formed.
    package init?(_ text: String) {
        var rest = text[...]
        while let open = rest.first, open == "[" || open == "(" {
            guard let close = rest.firstIndex(where: { $0 == "]" || $0 == ")" }) else { return nil }
            let bounds = rest[rest.index(after: rest.startIndex)..<close]
                .split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
                .map { javaTrimmed(String($0)) }.map { $0.isEmpty ? nil : MavenVersion($0) }
            parts.append(
                Part(
                    lower: bounds[0], upper: bounds[bounds.count - 1], includesLower: open == "[",
                    includesUpper: rest[close] == "]"))
            rest = rest[rest.index(after: close)...].drop { $0 == "," || $0 == " " }
        }
        guard rest.isEmpty, parts.last?.upper != nil else { return nil }
    }

    package func newest(of versions: [String]) -> String? {
        versions.map { (text: $0, version: MavenVersion($0)) }
            .filter { version in parts.contains { $0.contains(version.version) } }.max { $0.version < $1.version }?.text
    }
}
