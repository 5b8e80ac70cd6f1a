public import RecordReaders
public import RegistryJSON

/// The links that a package tells under labels which its author chose: `Source Code`, `GitHub`, `homepage_uri`.
///
/// A link is picked by its label alone, never by what its address looks like: a homepage that lies on a forge is no
/// repository, and what is called `GitHub` may lie on GitLab.
///
/// ```swift
/// let links = LabelledLinks(package["/info/project_urls"])
/// let repository = links.first(of: ["Source", "Repository", "Source Code", "GitHub"])
/// ```
public struct LabelledLinks: Hashable, Sendable {
    public struct Link: Hashable, Sendable {
        public let label: String

        /// As the registry tells it, without ASCII white space at its ends. Empty where only the label is told.
        public let address: String
    }

    /// By their labels, byte by byte, since objects have no order that means anything; those of one label as told.
    public let links: [Link]

    /// - Parameters:
    ///   - links: labels with their addresses; nil where a label stands for nothing.
    ///   - words: what generators write where there is no address, in this registry: `UNKNOWN`, `None`.
    public init(_ links: [(label: String, address: String?)], none words: [String] = []) {
        let told = links.map { Link(label: $0.label, address: address($0.address, none: words)) }
        // The sort is stable.
        self.links = told.sorted { $0.label.utf8.lexicographicallyPrecedes($1.label.utf8) }
    }

    /// Those of an object: of each member its text, or the texts of its array.
    ///
    /// - Parameter object: nothing else has links: null, or no value at all.
    public init(_ object: JSONValue?, none words: [String] = []) {
        let links = (object?.members ?? []).flatMap { member in
            (member.value.elements ?? [member.value]).map { (label: member.key, address: $0.text) }
        }
        self.init(links, none: words)
    }

    public init(_ store: HStore, none words: [String] = []) {
        self.init(store.pairs.map { (label: $0.key, address: $0.value) }, none: words)
    }

    /// The address under the first of these labels that has one.
    ///
    /// - Parameter labels: the most telling one first. Those that normalise to one are one.
    public func first(of labels: [String]) -> String? {
        labels.lazy.flatMap { links(of: $0) }.first?.address
    }

    /// All links of a label that have an address.
    public func links(of label: String) -> [Link] {
        let wanted = Self.normalized(label)
        return links.filter { !$0.address.isEmpty && Self.normalized($0.label).utf8.elementsEqual(wanted.utf8) }
    }

    /// Whether one of these labels is told, with an address or without.
    public func tells(anyOf labels: [String]) -> Bool {
        let wanted = labels.map { Array(Self.normalized($0).utf8) }
        return links.contains { wanted.contains(Array(Self.normalized($0.label).utf8)) }
    }
}

extension LabelledLinks {
    /// A label without ASCII's punctuation and white space, in lower case: `Source Code` and `source_code` are one
    /// (PEP 753, https://packaging.python.org/specifications/well-known-project-urls/).
    public static func normalized(_ label: String) -> String {
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: label.unicodeScalars.filter { !isLeftOut($0) })
        return String(scalars).lowercased()
    }

    private static func isLeftOut(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.isASCII else { return false }
        let isLetterOrDigit = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        let isControl = scalar.value < 0x20 && !(0x09...0x0D).contains(scalar.value) || scalar.value == 0x7F
        return !isLetterOrDigit && !isControl
    }

    /// The first address of a field that holds several, as CRAN's `URL` does: they stand between commas and white
    /// space, and may stand in `<>` (https://cran.r-project.org/doc/manuals/r-release/R-exts.html).
    public static func firstAddress(ofList field: String) -> String? {
        let words = field.unicodeScalars.split { $0 == "," || isSpace($0) }
        guard let first = words.first else { return nil }
        let isBracketed = first.first == "<" && first.last == ">"
        let address = String(String.UnicodeScalarView(isBracketed ? first.dropFirst().dropLast() : first))
        return address.isEmpty ? nil : address
    }
}

private func address(_ text: String?, none words: [String]) -> String {
    let scalars = (text ?? "").unicodeScalars
    let trimmed = scalars.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
    let address = String(String.UnicodeScalarView(trimmed))
    return words.contains { $0.utf8.elementsEqual(address.utf8) } ? "" : address
}

private func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || (0x09...0x0D).contains(scalar.value)
}
