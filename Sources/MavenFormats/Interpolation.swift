/// Replaces `${…}` in a POM's texts by what the assembled POM says (`StringVisitorModelInterpolator` of
/// maven-model-builder).
struct Interpolation {
    private let pom: Pom

    /// Names that are being replaced, the outermost first.
    private var open: [String] = []
    private var replaced = 0

    /// Real links take a few replacements. A POM can be written so that they double at each level.
    private static let mostReplaced = 1_000
    private static let deepest = 100
    private static let longestText = 64 << 10

    init(_ pom: Pom) { self.pom = pom }

    /// What is not defined stays as it is.
    ///
    /// - Returns: nil for a text that asks for itself, as Maven does, and for one that grows beyond all measure.
    mutating func text(_ raw: String) -> String? {
        var result = ""
        var rest = raw[...]
        while let start = rest.firstRange(of: "${"), let end = rest[start.upperBound...].firstIndex(of: "}") {
            result += rest[..<start.lowerBound]
            let name = String(rest[start.upperBound..<end])
            if let value = value(of: name) {
                guard let text = replacement(value, for: name) else { return nil }
                result += text
            } else {
                result += rest[start.lowerBound...end]
            }
            rest = rest[rest.index(after: end)...]
            if result.utf8.count > Self.longestText { return nil }
        }
        result += rest
        return result.utf8.count > Self.longestText ? nil : result
    }

    private mutating func replacement(_ value: String, for name: String) -> String? {
        replaced += 1
        guard !open.contains(name), open.count < Self.deepest, replaced < Self.mostReplaced else { return nil }
        open.append(name)
        defer { open.removeLast() }
        return text(value)
    }

    /// The model by its prefixed names, then properties, then the model by its bare names.
    private func value(of name: String) -> String? {
        for prefix in ["pom.", "project."] where name.hasPrefix(prefix) {
            let path = name.dropFirst(prefix.count)
            if let value = pom.values[Self.path(path.first == "." ? path.dropFirst() : path)] { return value }
        }
        return pom.properties[name] ?? pom.values[Self.path(name[...])]
    }

    /// A path of the model, the first letters of whose names are large or small: Maven looks for `getUrl`.
    private static func path(_ name: Substring) -> String {
        name.split(separator: ".", omittingEmptySubsequences: false)
            .map { $0.prefix(1).lowercased() + $0.dropFirst() }.joined(separator: ".")
    }
}
