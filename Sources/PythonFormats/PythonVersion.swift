/// A version of a Python package (PEP 440). What is none comes before all others.
package struct PythonVersion: Comparable {
    private var parts: [[Int]] = []
    package private(set) var isPreRelease = true

    package init(_ text: String) {
        let form =
            /v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(a|b|c|rc|alpha|beta|pre|preview)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(?:post|rev|r)[-_.]?(\d*))?(?:[-_.]?dev[-_.]?(\d*))?(?:\+.*)?/
        guard let found = text.lowercased().wholeMatch(of: form)?.output else { return }
        func number(_ text: Substring) -> Int { text.isEmpty ? 0 : Int(text) ?? .max }
        let release = found.2.split(separator: ".").map(number)
        let end = release.lastIndex { $0 != 0 } ?? -1
        let pre = found.3.map { [$0.first == "a" ? 0 : $0.first == "b" ? 1 : 2, number(found.4 ?? "")] }
        let post = (found.5 ?? found.6).map(number)
        let dev = found.7.map(number)
        isPreRelease = pre != nil || dev != nil
        let stage = pre ?? (post == nil && dev != nil ? [-1, 0] : [3, 0])
        parts = [[found.1.map(number) ?? 0], Array(release[...end]), stage, [post ?? -1], [dev ?? .max]]
    }

    package static func < (a: PythonVersion, b: PythonVersion) -> Bool {
        for (one, other) in zip(a.parts, b.parts) where one != other { return one.lexicographicallyPrecedes(other) }
        return a.parts.isEmpty && !b.parts.isEmpty
    }
}
