/// The links of a POM as Maven 3.9 computes them: inherited, then interpolated, then normalised
/// (`DefaultInheritanceAssembler`, `MavenModelMerger`, `DefaultUrlNormalizer` of maven-model-builder).
struct EffectivePom {
    private var pom: Pom

    /// - Parameter chain: the POM, its parent, that one's parent, and so on.
    init?(chain: [Pom]) {
        guard var pom = chain.last else { return nil }
        for child in chain.dropLast().reversed() { pom = EffectivePom.assemble(child, from: pom) }
        self.pom = pom
    }

    var homepage: String? { link(.url) }

    /// The scm's address, else what its connections name.
    var repository: String? {
        link(.scmURL)
            ?? [Pom.Link.connection, .developerConnection].lazy.compactMap(link).map(EffectivePom.address)
            .first { !$0.isEmpty }
    }

    private func link(_ link: Pom.Link) -> String? {
        guard let raw = pom.links[link], !raw.isEmpty else { return nil }
        let value = normalized(interpolated(raw, asking: []))
        return value.isEmpty || value.contains("${") ? nil : value
    }

    // MARK: - Inheritance

    private static func assemble(_ child: Pom, from parent: Pom) -> Pom {
        var pom = child
        pom.properties = parent.properties.merging(child.properties) { $1 }
        for link in Pom.Link.allCases {
            pom.appends[link] = child.appends[link] ?? parent.appends[link]
            guard child.links[link] == nil, let inherited = parent.links[link] else { continue }
            let isKept = javaTrimmed(inherited).isEmpty || parent.appends[link] == false
            pom.links[link] = isKept ? inherited : append(append(inherited, path(to: child, in: parent)), child.folder)
        }
        return pom
    }

    /// Where the parent's modules have the child, without its own folder: `libs` for a module `libs/child`.
    private static func path(to child: Pom, in parent: Pom) -> String {
        for module in parent.modules {
            var path = module.replacing("\\", with: "/")[...]
            if path.lowercased().hasSuffix(".xml") { path = path[..<(path.lastIndex(of: "/") ?? path.startIndex)] }
            if path.hasSuffix("/") { path = path.dropLast() }
            guard let slash = path.lastIndex(of: "/") else { continue }
            let name = path[path.index(after: slash)...]
            if name == child.artifact || name == child.folder { return String(path[..<slash]) }
        }
        return ""
    }

    private static func append(_ url: String, _ path: String) -> String {
        if path.isEmpty { return url }
        let bare = url.hasSuffix("/") ? String(url.dropLast()) : url
        let tail = path.hasPrefix("/") ? String(path.dropFirst()) : path
        return bare + "/" + tail + (url.hasSuffix("/") && !tail.hasSuffix("/") ? "/" : "")
    }

    // MARK: - Interpolation

    /// What cannot be resolved, or asks for itself, stays as it is.
    private func interpolated(_ text: String, asking: Set<String>) -> String {
        var result = ""
        var rest = text[...]
        while let open = rest.firstRange(of: "${"), let close = rest[open.upperBound...].firstIndex(of: "}") {
            let name = String(rest[open.upperBound..<close])
            result += rest[..<open.lowerBound]
            if !asking.contains(name), asking.count < 32, let value = value(of: name) {
                result += interpolated(value, asking: asking.union([name]))
            } else {
                result += rest[open.lowerBound...close]
            }
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    private func value(of name: String) -> String? {
        for prefix in ["project.", "pom."] where name.hasPrefix(prefix) {
            if let value = modelValue(String(name.dropFirst(prefix.count))) { return value }
        }
        return pom.properties[name] ?? modelValue(name)
    }

    private func modelValue(_ name: String) -> String? {
        Pom.Link(rawValue: name).flatMap { pom.links[$0] } ?? pom.values[name]
    }

    /// Takes `segment/../` out, as Maven does: even through `//`, and not at the end.
    private func normalized(_ url: String) -> String {
        var bytes = Array(url.utf8)
        let slash = UInt8(ascii: "/")
        while let place = bytes.firstRange(of: Array("/../".utf8))?.lowerBound {
            var parent = place - 1
            while parent >= 0 && bytes[parent] == slash { parent -= 1 }
            while parent >= 0 && bytes[parent] != slash { parent -= 1 }
            if place == 0 {
                bytes.removeFirst(3)
            } else if parent < 0 {
                bytes.removeFirst(place + 4)
            } else {
                bytes.removeSubrange(parent..<place + 3)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The address in `scm:<provider>:<address>`; `|` parts it where there is one (Maven SCM's URL format).
    private static func address(_ connection: String) -> String {
        guard connection.hasPrefix("scm:") else { return connection }
        let rest = connection.dropFirst(4)
        let parts = rest.split(
            separator: rest.contains("|") ? "|" : ":", maxSplits: 1, omittingEmptySubsequences: false)
        return String(parts[parts.count - 1])
    }
}
