package import PackageMining
import RegistryXML

/// What a POM says that matters here: who it is, its parent, and what its links are made from. Its active profiles are
/// injected, as Maven does it before anything is inherited.
package struct Pom: Sendable {
    /// The links that a child inherits, by the names that Maven's interpolation knows.
    package enum Link: String, CaseIterable, Sendable {
        case url, scmURL = "scm.url", connection = "scm.connection", developerConnection = "scm.developerConnection"
        case siteURL = "distributionManagement.site.url"

        /// The attribute that keeps a child's path from being appended, and the path of its element.
        var attribute: (element: String, name: String) {
            let (element, name) =
                switch self {
                case .url: ("", "project.url")
                case .siteURL: (ModelPaths.place(of: ModelPaths.site), "site.url")
                default: ("scm", rawValue)
                }
            return (element, "child.\(name).inherit.append.path")
        }
    }

    /// Its version may be a range.
    package let parent: Coordinates?
    /// What it says of itself, by the names that Maven's interpolation knows: links too, and `parent.version` …
    var values: [String: String] = [:]
    var properties: [String: String] = [:]
    private(set) var modules: [String] = []
    /// The elements that it has of those that are inherited whole.
    private(set) var elements: Set<String> = []
    /// Whether a child's path is appended, where the POM says so.
    var appends: [Link: Bool] = [:]
    /// What decides the folder of this POM inside its parent's.
    private(set) var folder = ""

    var artifact: String { values["artifactId"] ?? "" }

    private static let selection = XMLSelection(
        each: "project",
        taking: ModelPaths.all.map(\.place) + [
            "url/*", "scm/url/*", "properties/*", "modules/module", "profiles/profile/properties/*",
            "profiles/profile/modules/module", "profiles/profile/activation/*", "profiles/profile/activation/*/*",
        ] + ModelPaths.placesOfProfiles.map { "profiles/profile/\($0)" })

    /// As Maven reads: HTML's entities need no declaration, ill-formed bytes no care, name spaces are not known.
    private static var options: XMLOptions {
        var options = XMLOptions()
        options.readsHTMLEntities = true
        options.replacesIllFormedBytes = true
        options.ignoresPrefixedElements = true
        return options
    }

    /// - Throws: `XMLReadError`, or `NotAPom` for XML that is none.
    package init(_ document: [UInt8]) throws {
        let found = try XMLReader.records(in: document, Self.selection, options: Self.options)
        guard let project = found.first else { throw NotAPom("it has no project") }
        let scm = project.first("scm")
        for part in [project, scm].compactMap(\.self) { try Pom.checkTags(of: part) }
        for (path, place) in ModelPaths.all { values[path] = project.text(place).map(javaTrimmed) }
        parent = project.first("parent").map { [values] _ in
            func value(_ name: String) -> String { values["parent.\(name)"] ?? "" }
            return Coordinates(group: value("groupId"), artifact: value("artifactId"), version: value("version"))
        }
        folder = values["artifactId"] ?? ""
        values.merge(Pom.defaults(of: project, parent)) { stated, _ in stated }
        for link in Link.allCases {
            let (element, name) = link.attribute
            appends[link] = project.first(element)?.attribute(name).map { javaTrimmed($0).lowercased() == "true" }
        }
        noteElements(of: project)
        inject(project)
        for profile in Profiles(of: project).active { injectProfile(profile) }
        folder = properties["project.directory"] ?? folder
    }

    private static func defaults(of project: XMLRecord, _ parent: Coordinates?) -> [String: String] {
        let id = parent.map { "\($0.group):\($0.artifact):pom:\($0.version)" }
        return [
            "groupId": parent?.group, "version": parent?.version, "packaging": "jar",
            "scm.tag": project.first("scm").map { _ in "HEAD" }, "parent": id, "parent.id": id,
            "parent.relativePath": parent.map { _ in "../pom.xml" },
            "prerequisites.maven": project.first("prerequisites").map { _ in "2.0" },
        ].compactMapValues(\.self)
    }

    /// An active profile of a POM, put over what the POM says.
    private mutating func injectProfile(_ profile: XMLRecord) {
        inject(profile)
        for path in ModelPaths.ofProfiles {
            if let text = profile.text(ModelPaths.place(of: path)) { values[path] = javaTrimmed(text) }
        }
        for repository in ModelPaths.repositories where profile.first(ModelPaths.place(of: repository)) != nil {
            for part in ModelPaths.repository.map({ "\(repository).\($0)" }) {
                values[part] = profile.text(ModelPaths.place(of: part)).map(javaTrimmed)
            }
        }
        noteElements(of: profile)
    }

    private mutating func noteElements(of part: XMLRecord) {
        elements.formUnion(ModelPaths.whole.keys.filter { part.first(ModelPaths.place(of: $0)) != nil })
        for repository in ModelPaths.repositories where elements.contains(repository) {
            values.merge(ModelPaths.ofAnyRepository.map { ("\(repository).\($0)", $1) }) { own, _ in own }
            let unique = "\(repository).uniqueVersion"
            values[unique] = values[unique]?.lowercased() == "true" ? "true" : "false"
        }
    }

    private mutating func inject(_ part: XMLRecord) {
        for property in part.first("properties")?.children ?? [] {
            properties[property.name] = javaTrimmed(property.text)
        }
        modules += (part.first("modules")?.all("module") ?? []).map { javaTrimmed($0.text) }
    }

    /// Maven refuses a tag that is there twice, and elements inside a text.
    private static func checkTags(of part: XMLRecord) throws {
        guard Set(part.children.map(\.name)).count == part.children.count else {
            throw NotAPom("\(part.name) has an element twice")
        }
        if part.first("url")?.children.isEmpty == false { throw NotAPom("there are elements inside a url") }
    }
}

extension Response {
    /// The POM that is in the body. What cannot be read as one is worth another attempt.
    package func pom() throws -> Pom {
        do { return try Pom(body) } catch { throw malformed("\(error)", cause: error) }
    }
}

/// XML that is no POM: a registry's page that says sorry, for one.
struct NotAPom: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Trimmed as Java's `String.trim()` does it: of everything up to U+0020.
package func javaTrimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { $0.value > 0x20 }),
        let last = scalars.lastIndex(where: { $0.value > 0x20 })
    else { return "" }
    return String(scalars[first...last])
}
