/// An INI file as Python's configparser reads it (https://docs.python.org/3/library/configparser.html), the format of pip's
/// configuration and of much else around Python.
///
/// An option is `name = value` or `name: value`, its name in any case. A line that is indented deeper goes on with the
/// value before it, one that begins with `#` or `;` is a comment. What stands in `[DEFAULT]` holds in every section.
public struct INIFile: Hashable, Sendable {
    private var sections: [String: [String: String]] = [:]

    /// The option that is read, with what its lines may be indented.
    private var section: String?
    private var option: String?
    private var indent = 0

    /// - Throws: ``RecordError`` for what configparser refuses: no UTF-8, a line that is no option or in no section, a
    ///   section or an option that is there twice.
    public init(_ bytes: [UInt8]) throws {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw RecordError(at: "the file", "it is no UTF-8")
        }
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() { try take(line, "line \(index + 1)") }
    }

    /// The options of a section by their names in lower case, their values without white space at the end.
    public subscript(section: String) -> [String: String] {
        let own = sections[section].map { (sections["DEFAULT"] ?? [:]).merging($0) { $1 } } ?? [:]
        return own.mapValues { text($0.unicodeScalars.reversed().drop(while: isSpace).reversed()) }
    }

    private mutating func take(_ line: Substring.UnicodeScalarView.SubSequence, _ place: String) throws {
        let start = line.drop(while: isSpace)
        let content = text(start.reversed().drop(while: isSpace).reversed())
        if content.hasPrefix("#") || content.hasPrefix(";") { return }
        let depth = line.count - start.count
        if content.isEmpty || option != nil && depth > indent { return goOn(with: content) }
        indent = depth
        if content.hasPrefix("["), let end = content.lastIndex(of: "]"), content.index(after: content.startIndex) < end
        {
            return try begin(String(content[..<end].dropFirst()), place)
        }
        try begin(option: content, place)
    }

    private mutating func goOn(with content: String) {
        guard let section, let option else { return }
        sections[section]?[option]? += "\n" + content
    }

    private mutating func begin(_ name: String, _ place: String) throws {
        guard sections[name] == nil || name == "DEFAULT" else {
            throw RecordError(at: place, "the section [\(name)] is there twice")
        }
        (section, option) = (name, nil)
        sections[name] = sections[name] ?? [:]
    }

    private mutating func begin(option line: String, _ place: String) throws {
        guard let section else { throw RecordError(at: place, "it is in no section") }
        guard let mark = line.firstIndex(where: { $0 == "=" || $0 == ":" }), mark > line.startIndex else {
            throw RecordError(at: place, "it is no option")
        }
        let name = text(line[..<mark].unicodeScalars.reversed().drop(while: isSpace).reversed()).lowercased()
        guard sections[section]?[name] == nil else {
            throw RecordError(at: place, "the option \(name) is there twice")
        }
        sections[section]?[name] = text(line[line.index(after: mark)...].unicodeScalars.drop(while: isSpace))
        option = name
    }
}

private func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }

private func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars))
}
