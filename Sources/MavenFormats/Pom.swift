import RegistryXML

/// What a POM says that matters here: who it is, its parent, and what its links are made from. Its active profiles are
/// injected, as Maven does it before anything is inherited.
package struct Pom: Sendable {
    /// The links that a child inherits, by the names that Maven's interpolation knows.
    enum Link: String, CaseIterable, Sendable {
        case url, scmURL = "scm.url", connection = "scm.connection", developerConnection = "scm.developerConnection"

        var attribute: String {
            self == .url ? "child.project.url.inherit.append.path" : "child.\(rawValue).inherit.append.path"
        }
    }

    /// Its version may be a range.
    package let parent: Coordinates?
    /// What it says of itself, by the names that Maven's interpolation knows: links too, and `parent.version` …
    var values: [String: String] = [:]
    var properties: [String: String] = [:]
    private(set) var modules: [String] = []
    /// Whether a child's path is appended, where the POM says so.
    var appends: [Link: Bool] = [:]
    /// What decides the folder of this POM inside its parent's.
    private(set) var folder = ""

    var artifact: String { values["artifactId"] ?? "" }

    private static let plain =
        Link.allCases.map(\.rawValue) + [
            "groupId", "artifactId", "version", "packaging", "name", "description", "inceptionYear", "parent.groupId",
            "parent.artifactId", "parent.version", "scm.tag", "organization.name", "organization.url",
            relocation + "groupId", relocation + "artifactId", relocation + "version",
        ]

    static let relocation = "distributionManagement.relocation."

    private static let selection = XMLSelection(
        each: "project",
        taking: plain.map { $0.replacing(".", with: "/") } + [
            "url/*", "scm/url/*", "properties/*", "modules/module", "profiles/profile/properties/*",
            "profiles/profile/modules/module", "profiles/profile/activation/*", "profiles/profile/activation/*/*",
        ])

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
        guard let project = found.first else { throw NotAPom("it is XML, but has no project") }
        let scm = project.first("scm")
        for part in [project, scm].compactMap(\.self) { try Pom.checkTags(of: part) }
        for name in Pom.plain {
            values[name] = project.text(name.replacing(".", with: "/")).map(javaTrimmed)
        }
        parent = project.first("parent").map { [values] _ in
            func value(_ name: String) -> String { values["parent.\(name)"] ?? "" }
            return Coordinates(group: value("groupId"), artifact: value("artifactId"), version: value("version"))
        }
        let own = values
        let defaults = [
            "groupId": parent?.group, "version": parent?.version, "packaging": "jar",
            "scm.tag": scm == nil ? nil : "HEAD",
        ]
        values.merge(defaults.compactMapValues(\.self)) { stated, _ in stated }
        for link in Link.allCases {
            let flag = (link == .url ? project : scm)?.attribute(link.attribute)
            appends[link] = flag.map { javaTrimmed($0).lowercased() == "true" }
        }
        inject(project)
        for profile in Profiles(of: project).active { inject(profile) }
        folder = properties["project.directory"] ?? own["artifactId"] ?? ""
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
