import PackageMining
import RegistryXML

/// What a POM says that matters here: who it is, its parent, and what its links are made from.
struct Pom: Hashable, Sendable {
    struct Coordinates: Hashable, Sendable {
        let group: String
        let artifact: String
        let version: String
    }

    /// The links that a child inherits, by the names that Maven's interpolation knows.
    enum Link: String, CaseIterable, Sendable {
        case url, scmURL = "scm.url", connection = "scm.connection", developerConnection = "scm.developerConnection"

        var attribute: String {
            switch self {
            case .url: "child.project.url.inherit.append.path"
            case .scmURL: "child.scm.url.inherit.append.path"
            case .connection: "child.scm.connection.inherit.append.path"
            case .developerConnection: "child.scm.developerConnection.inherit.append.path"
            }
        }
    }

    let parent: Coordinates?
    let artifact: String
    /// Its own plain values, by name: `groupId`, `version`, `name`, `parent.version` …
    var values: [String: String] = [:]
    var properties: [String: String] = [:]
    var modules: [String] = []
    var links: [Link: String] = [:]
    /// Whether a child's path is appended, where the POM says so: anything but `true` means no.
    var appends: [Link: Bool] = [:]
    /// What decides the folder of this POM inside its parent's.
    private(set) var folder = ""

    private static let plain = [
        "groupId", "artifactId", "version", "packaging", "name", "description", "inceptionYear", "parent/groupId",
        "parent/artifactId", "parent/version", "scm/tag", "organization/name", "organization/url",
    ]

    private static let selection = XMLSelection(
        each: "project",
        taking: plain + [
            "url", "scm/url", "scm/connection", "scm/developerConnection", "properties/*", "modules/module",
            "profiles/profile/activation/*", "profiles/profile/properties/*", "profiles/profile/modules/module",
        ])

    /// - Throws: `XMLReadError`, or `NotAPom` for XML that is none.
    init(_ document: [UInt8]) throws {
        var options = XMLOptions()
        options.readsHTMLEntities = true
        options.replacesIllFormedBytes = true
        guard let project = try XMLReader.records(in: document, Pom.selection, options: options).first else {
            throw NotAPom()
        }
        for name in Pom.plain {
            if let text = project.text(name) { values[name.replacing("/", with: ".")] = javaTrimmed(text) }
        }
        parent = Pom.parent(values)
        values["groupId"] = values["groupId"] ?? parent?.group
        values["version"] = values["version"] ?? parent?.version
        artifact = values["artifactId"] ?? ""
        for link in Link.allCases {
            let path = link.rawValue.replacing(".", with: "/")
            if let text = project.text(path) { links[link] = javaTrimmed(text) }
            let holder = link == .url ? project : project.first("scm")
            if let flag = holder?.attribute(link.attribute) { appends[link] = flag.lowercased() == "true" }
        }
        take(project)
        folder = properties["project.directory"] ?? artifact
        for profile in project.first("profiles")?.all("profile") ?? []
        where profile.text("activation/activeByDefault").map(javaTrimmed) == "true" {
            take(profile)
        }
    }

    private mutating func take(_ part: XMLRecord) {
        for property in part.first("properties")?.children ?? [] {
            properties[property.name] = javaTrimmed(property.text)
        }
        modules += (part.first("modules")?.all("module") ?? []).map { javaTrimmed($0.text) }
    }

    private static func parent(_ values: [String: String]) -> Coordinates? {
        guard let group = values["parent.groupId"], let artifact = values["parent.artifactId"],
            let version = values["parent.version"]
        else { return nil }
        return Coordinates(group: group, artifact: artifact, version: version)
    }
}

/// XML without a project: a registry's page that says sorry, for one.
struct NotAPom: Error, CustomStringConvertible {
    let description = "it is XML, but has no project"
}

/// Trimmed as Java's `String.trim()` does it: of everything up to U+0020.
func javaTrimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { $0.value > 0x20 }),
        let last = scalars.lastIndex(where: { $0.value > 0x20 })
    else { return "" }
    return String(scalars[first...last])
}
