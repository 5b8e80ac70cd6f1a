package import PackageMining

/// The links of a POM as Maven 3.9 computes them: inherited, then interpolated, then normalised
/// (`DefaultInheritanceAssembler`, `MavenModelMerger`, `DefaultUrlNormalizer` of maven-model-builder).
package struct EffectivePom {
    private var pom: Pom

    /// - Parameter line: the POM, its parent, that one's parent, and so on.
    package init?(_ line: [Pom]) {
        guard var pom = line.last else { return nil }
        // What a missing parent says is not known.
        if pom.parent == nil { pom.values.merge(ModelPaths.ofSuperPom) { own, _ in own } }
        for child in line.dropLast().reversed() { pom = Self.assemble(child, from: pom) }
        pom.values["id"] = ["groupId", "artifactId", "packaging", "version"].map { pom.values[$0] ?? "[inherited]" }
            .joined(separator: ":")
        self.pom = pom
    }

    /// A link as Maven computes it: may be empty, or hold what is not defined. Nil where no POM has it.
    package func raw(_ link: Pom.Link) -> String? {
        value(of: link.rawValue).map(Self.normalized)
    }

    /// A link that leads somewhere.
    func link(_ link: Pom.Link) -> String? {
        raw(link).flatMap { $0.isEmpty || $0.contains("${") ? nil : $0 }
    }

    /// The scm's address, else what its connections name.
    var repository: String? {
        link(.scmURL)
            ?? [.connection, .developerConnection].lazy.compactMap(link).map(Self.address).first { !$0.isEmpty }
    }

    /// - Parameter gap: a part of the line that is missing, where one is.
    package func resolution(without gap: String?) -> Resolution {
        if let gap, link(.url) == nil || link(.scmURL) == nil {
            return .incomplete(homepage: link(.url), repository: repository, because: gap)
        }
        return .links(homepage: link(.url), repository: repository)
    }

    /// Where the artifact has moved to. It is the POM's own, not inherited.
    package var relocation: Coordinates? {
        let parts = ["groupId", "artifactId", "version"]
        guard parts.contains(where: { pom.values[ModelPaths.relocation + $0] != nil }) else { return nil }
        func part(_ name: String) -> String {
            [ModelPaths.relocation + name, name].lazy.compactMap(value).first { !$0.isEmpty } ?? ""
        }
        return Coordinates(group: part(parts[0]), artifact: part(parts[1]), version: part(parts[2]))
    }

    private func value(of name: String) -> String? {
        var interpolation = Interpolation(pom)
        return pom.values[name].flatMap { interpolation.text($0) }
    }

    // MARK: - Inheritance

    private static func assemble(_ child: Pom, from parent: Pom) -> Pom {
        var pom = child
        pom.properties = parent.properties.merging(child.properties) { $1 }
        let hasOwnSite = ModelPaths.ofSite.contains { child.values[$0]?.isEmpty == false }
        for link in Pom.Link.allCases {
            pom.appends[link] = child.appends[link] ?? parent.appends[link]
            guard child.values[link.rawValue] == nil, let inherited = parent.values[link.rawValue],
                !hasOwnSite || link != .siteURL
            else { continue }
            let isKept = javaTrimmed(inherited).isEmpty || parent.appends[link] == false
            pom.values[link.rawValue] =
                isKept ? inherited : append(append(inherited, path(to: child, in: parent)), child.folder)
        }
        for path in ModelPaths.single + (hasOwnSite ? [] : ModelPaths.ofSite) {
            pom.values[path] = pom.values[path] ?? parent.values[path]
        }
        for (element, parts) in ModelPaths.whole where !child.elements.contains(element) {
            let isRepository = ModelPaths.repositories.contains(element)
            for part in parts {
                let inherited = parent.values["\(element).\(part)"]
                let fixed = isRepository && inherited != nil ? ModelPaths.ofAnyRepository[part] : nil
                pom.values["\(element).\(part)"] = fixed ?? inherited
            }
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

    // MARK: - Addresses

    /// Takes `segment/../` out, as Maven does: even through `//`, and not at the end.
    private static func normalized(_ url: String) -> String {
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
    package static func address(_ connection: String) -> String {
        guard connection.hasPrefix("scm:") else { return connection }
        let rest = connection.dropFirst(4)
        let parts = rest.split(
            separator: rest.contains("|") ? "|" : ":", maxSplits: 1, omittingEmptySubsequences: false)
        return String(parts[parts.count - 1])
    }
}
