/// What a `.cabal` file says of where its package lives, as Cabal reads it (`Distribution/Fields/Parser.hs` and
/// `PackageDescription/Parsec.hs`, Cabal 3.4).
///
/// The package's own fields stand before all sections, and of two the last counts. The repository is the location of the
/// first `source-repository head` that has one, else of the first such `this`.
func cabalLinks(in bytes: [UInt8]) -> (homepage: String?, repository: String?) {
    let lines = bytes.split { $0 == 10 || $0 == 13 }.map { Line($0.trimmed.startIndex - $0.startIndex, $0.trimmed) }
    let file = elements(of: lines.filter { !$0.text.starts(with: "--".utf8) })
    // Files without sections have programs behind such a field.
    let fields = file.prefix { $0.isField && $0.name != "executable" }
    let repositories = file.filter { !$0.isField && $0.name == "source-repository" }
    func location(_ kind: String) -> String? {
        let ofKind = repositories.filter { $0.words.prefix { $0 > blank }.string.lowercased() == kind }
        return ofKind.lazy.compactMap { elements(of: $0.body).value(of: "location")?.replacing("\"", with: "") }.first
    }
    return (Array(fields).value(of: "homepage"), location("head") ?? location("this"))
}

/// Without the blanks around it. Nothing is deeper than what stands behind something else on its line.
private typealias Line = (indent: Int, text: ArraySlice<UInt8>)

/// A field and its value, or a section and its arguments, and the lines that belong to it.
private typealias Element = (name: String, isField: Bool, words: ArraySlice<UInt8>, body: [Line])

extension [Element] {
    fileprivate func value(of name: String) -> String? {
        guard let field = last(where: { $0.isField && $0.name == name }) else { return nil }
        let lines = ([field.words] + field.body.map(\.text)).filter { !$0.isEmpty }
        return lines.isEmpty ? nil : lines.map(\.string).joined(separator: "\n")
    }
}

/// Lines that are deeper than a field or a section belong to it, whatever they look like: `https://…` is no field.
/// Braces may stand instead, behind the name or on the next line.
private func elements(of lines: [Line]) -> [Element] {
    var (elements, rest): ([Element], [Line]) = ([], lines.reversed())
    while let (indent, text) = rest.popLast() {
        if text.isEmpty { continue }
        let name = text.prefix { $0 > blank && !":{}".utf8.contains($0) }
        let behind = text[name.endIndex...].trimmed
        let isField = behind.first == UInt8(ascii: ":")
        let value = isField ? behind.dropFirst().trimmed : behind
        let words = isField && value.first != brace ? value : value.prefix { $0 != brace }
        if words.endIndex < value.endIndex { rest.append((.max, value[words.endIndex...])) }
        let isBraced = rest.last?.text.first == brace && (words.isEmpty || !isField)
        var body = isBraced ? takeBraced(from: &rest) : []
        while !isBraced, let next = rest.last, next.indent > indent { body.append(rest.removeLast()) }
        elements.append((name.string.lowercased(), isField, words, body))
    }
    return elements
}

/// What stands between a brace and its own. What is left of that one's line stays.
private func takeBraced(from rest: inout [Line]) -> [Line] {
    var (body, depth): ([Line], Int) = ([], 0)
    while let (indent, text) = rest.popLast() {
        let end = text.indices.first {
            depth += text[$0] == brace ? 1 : text[$0] == UInt8(ascii: "}") ? -1 : 0
            return depth == 0
        }
        body.append((indent, text[..<(end ?? text.endIndex)].trimmed))
        guard let end else { continue }
        rest.append((.max, text[(end + 1)...].trimmed))
        break
    }
    body[0] = (.max, body[0].text.dropFirst().trimmed)
    return body
}

private let (blank, brace) = (UInt8(ascii: " "), UInt8(ascii: "{"))

extension ArraySlice<UInt8> {
    fileprivate var string: String { String(decoding: self, as: UTF8.self) }
    fileprivate var trimmed: ArraySlice { self[...(lastIndex { $0 > blank } ?? startIndex - 1)].drop { $0 <= blank } }
}
