import RegistryXML

/// The profiles of a POM, and which of them are active to someone who takes it from a repository.
///
/// Nobody sets a property there, and there is no folder, no Java and no system that a list should depend on: profiles
/// that ask for one of these are not active. Those that ask for an absence are (`DefaultProfileSelector` and the
/// activators of maven-model-builder).
struct Profiles {
    private let all: [XMLRecord]

    init(of project: XMLRecord) {
        all = project.first("profiles")?.all("profile") ?? []
    }

    /// Those that are active, else those that are so by default.
    var active: [XMLRecord] {
        let active = all.filter { Self.isActive($0.first("activation")) }
        return active.isEmpty ? all.filter { Self.value("activation/activeByDefault", of: $0) == "true" } : active
    }

    /// All conditions that are there must be met.
    private static func isActive(_ activation: XMLRecord?) -> Bool {
        let conditions = activation?.children.filter { ["jdk", "os", "property", "file"].contains($0.name) } ?? []
        return !conditions.isEmpty && conditions.allSatisfy(isMet)
    }

    private static func isMet(_ condition: XMLRecord) -> Bool {
        switch condition.name {
        case "property":
            let name = value("name", of: condition)
            let value = value("value", of: condition)
            return name.drop { $0 == "!" }.isEmpty ? false : (value.isEmpty ? name : value).hasPrefix("!")
        case "file": return value("exists", of: condition).isEmpty && value("missing", of: condition).hasPrefix("/")
        default: return false
        }
    }

    private static func value(_ path: String, of part: XMLRecord) -> String {
        javaTrimmed(part.text(path) ?? "").lowercased()
    }
}
