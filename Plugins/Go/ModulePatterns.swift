/// Globs of module paths, as GOPRIVATE and GONOPROXY write them: separated by commas, each for all modules whose first
/// elements it matches (golang.org/x/mod/module, `MatchPrefixPatterns`).
///
/// `*` is anything in an element, `?` one character of it, `[a-z]` one of these, `[^a-z]` any other, and `\` says that what
/// follows stands for itself. One that is malformed matches nothing, as there.
struct ModulePatterns: Sendable {
    private let patterns: [[[Unicode.Scalar]]]

    init(_ text: String) {
        patterns = text.split(separator: ",").compactMap { glob in
            let glob = glob.hasSuffix("/") ? glob.dropLast() : glob
            return glob.isEmpty ? nil : ModulePatterns.elements(glob)
        }
    }

    func match(_ path: String) -> Bool {
        if patterns.isEmpty { return false }
        let elements = ModulePatterns.elements(path[...])
        return patterns.contains { pattern in
            pattern.count <= elements.count
                && zip(pattern, elements).allSatisfy { Glob($0[...]).matches($1[...]) == true }
        }
    }

    private static func elements(_ text: Substring) -> [[Unicode.Scalar]] {
        text.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false).map(Array.init)
    }
}

/// A pattern of one element.
private struct Glob {
    private var rest: ArraySlice<Unicode.Scalar>

    init(_ pattern: ArraySlice<Unicode.Scalar>) { rest = pattern }

    /// - Returns: nil where the pattern is malformed.
    func matches(_ text: ArraySlice<Unicode.Scalar>) -> Bool? {
        var (glob, text) = (self, text)
        // Where the last star was: what lies behind it is tried at one place after another.
        var star: (Glob, ArraySlice<Unicode.Scalar>)?
        while true {
            if glob.rest.first == "*" {
                glob.rest.removeFirst()
                star = (glob, text)
            } else if glob.rest.isEmpty, text.isEmpty {
                return true
            } else {
                guard glob.rest.isEmpty || text.isEmpty == false || star == nil else { return false }
                switch glob.rest.isEmpty ? false : glob.take(text.first) {
                case true?: text.removeFirst()
                case false?:
                    guard let (behind, from) = star, !from.isEmpty else { return false }
                    (glob, text) = (behind, from.dropFirst())
                    star = (behind, text)
                case nil: return nil
                }
            }
        }
    }

    /// Whether the next thing of the pattern, which is passed, is that character; nil where it is malformed.
    private mutating func take(_ scalar: Unicode.Scalar?) -> Bool? {
        switch rest.removeFirst() {
        case "?": return scalar != nil
        case "[": return takeClass(scalar)
        case "\\":
            guard let literal = rest.popFirst() else { return nil }
            return literal == scalar
        case let literal: return literal == scalar
        }
    }

    private mutating func takeClass(_ scalar: Unicode.Scalar?) -> Bool? {
        let isNegated = rest.first == "^"
        if isNegated { rest.removeFirst() }
        var isIn = false
        var count = 0
        while true {
            if rest.first == "]", count > 0 { break }
            guard let low = bound() else { return nil }
            var high = low
            if rest.first == "-" {
                rest.removeFirst()
                guard let end = bound() else { return nil }
                high = end
            }
            count += 1
            if let scalar, low <= scalar, scalar <= high { isIn = true }
        }
        rest.removeFirst()
        return scalar != nil && isIn != isNegated
    }

    /// An end of a range in a class, behind which the class goes on.
    private mutating func bound() -> Unicode.Scalar? {
        guard var bound = rest.popFirst(), bound != "-", bound != "]" else { return nil }
        if bound == "\\" {
            guard let literal = rest.popFirst() else { return nil }
            bound = literal
        }
        return rest.isEmpty ? nil : bound
    }
}
