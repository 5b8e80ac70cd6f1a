/// A text with places for values, in braces: `"name": {name:json}`.
///
/// Braces around anything but a word that is known stand for themselves.
struct TextTemplate: Sendable {
    indirect enum Part: Sendable {
        case text(String)
        case value(String, argument: String?)
        case section(Section, separator: String, [Part])
    }

    /// What is written once for each row, for each page, or only where a page is not the last.
    enum Section: String, Sendable { case each, pages, more }

    let parts: [Part]

    /// - Parameter words: what stands for a value.
    init(_ text: String, words: Set<String>) throws(FixtureFolderError) {
        var marks = marks(in: text, words: words)[...]
        parts = try nested(&marks, until: nil)
    }

    /// Whether a word stands in it for a value, or opens a section.
    func has(_ word: String) -> Bool { Self.has(word, in: parts) }

    private static func has(_ word: String, in parts: [Part]) -> Bool {
        parts.contains { part in
            switch part {
            case .text: false
            case .value(let other, _): other == word
            case .section(let section, _, let inner): section.rawValue == word || has(word, in: inner)
            }
        }
    }

    /// The text with all values filled in.
    func text(in scope: TemplateScope) -> String { Self.text(of: parts, in: scope) }

    private static func text(of parts: [Part], in scope: TemplateScope) -> String {
        var text = ""
        for part in parts {
            switch part {
            case .text(let plain): text += plain
            case .value(let word, let argument): text += scope.value(of: word, argument)
            case .section(let section, let separator, let inner):
                text += scope.scopes(of: section).map { Self.text(of: inner, in: $0) }.joined(separator: separator)
            }
        }
        return text
    }
}

/// What stands between two places: a text, or something in braces.
private enum Mark {
    case text(String)
    case value(String, argument: String?)
    case opening(TextTemplate.Section, separator: String)
    case closing(TextTemplate.Section)
}

private func marks(in text: String, words: Set<String>) -> [Mark] {
    let form = /\{(\/?)([A-Za-z0-9_-]+)(?::([A-Za-z0-9_-]+))?(,?)\}/.matchingSemantics(.unicodeScalar)
    var marks: [Mark] = []
    var end = text.startIndex
    for match in text.matches(of: form) {
        let (_, slash, word, argument, comma) = match.output
        let mark: Mark
        if let section = TextTemplate.Section(rawValue: String(word)) {
            mark = slash.isEmpty ? .opening(section, separator: String(comma)) : .closing(section)
        } else if words.contains(String(word)), slash.isEmpty, comma.isEmpty {
            mark = .value(String(word), argument: argument.map(String.init))
        } else {
            continue
        }
        marks += [.text(String(text[end..<match.range.lowerBound])), mark]
        end = match.range.upperBound
    }
    return marks + [.text(String(text[end...]))]
}

/// The parts up to the end of a section, or of all.
private func nested(
    _ marks: inout ArraySlice<Mark>, until end: TextTemplate.Section?
) throws(FixtureFolderError) -> [TextTemplate.Part] {
    var parts: [TextTemplate.Part] = []
    while let mark = marks.popFirst() {
        switch mark {
        case .text(""): continue
        case .text(let text): parts.append(.text(text))
        case .value(let word, let argument): parts.append(.value(word, argument: argument))
        case .opening(let section, let separator):
            parts.append(.section(section, separator: separator, try nested(&marks, until: section)))
        case .closing(let section):
            guard section == end else { throw FixtureFolderError("{/\(section.rawValue)} ends what was not begun") }
            return parts
        }
    }
    if let end { throw FixtureFolderError("{\(end.rawValue)} has no {/\(end.rawValue)}") }
    return parts
}
