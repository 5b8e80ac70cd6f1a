import Foundation

/// Where a list comes from, as the `datapackage.json` beside it tells.
public struct Provenance: Codable, Sendable, Hashable {
    public struct Fact: Codable, Sendable, Hashable {
        public let name: String
        public let value: String
    }

    /// The list's file name.
    public let list: String
    /// What is known of it, in the order of the names. Empty where no data package describes it.
    public let facts: [Fact]
    /// Why the data package beside it tells nothing, where there is one.
    public var problem: String?
    /// How looking its packages up ended: packages by outcome. Empty where that is not told.
    public let outcomes: [String: Int]

    /// Reads what stands beside a list. A data package that is absent, or that cannot be read, tells nothing.
    public static func beside(_ list: String) -> Provenance {
        let file = URL(filePath: list)
        let manifest = file.deletingLastPathComponent().appending(path: "datapackage.json")
        let name = file.lastPathComponent
        guard FileManager.default.fileExists(atPath: manifest.path) else { return Provenance(of: name) }
        do {
            let package = try JSONSerialization.jsonObject(with: Data(contentsOf: manifest)) as? [String: Any]
            let resources = package?["resources"] as? [[String: Any]] ?? []
            let resource = resources.first { ($0["path"] as? String)?.utf8.elementsEqual(name.utf8) == true }
            return resource.map { Provenance(of: name, $0) } ?? Provenance(of: name)
        } catch {
            var unknown = Provenance(of: name)
            unknown.problem = "its datapackage.json cannot be read (\(error.localizedDescription))"
            return unknown
        }
    }

    private init(of list: String, _ resource: [String: Any] = [:]) {
        self.list = list
        var facts: [Fact] = []
        for (key, value) in resource where !["schema", "path", "profile", "dialect"].contains(key) {
            Self.collect(value, key, depth: 0, into: &facts)
        }
        facts.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        self.facts = facts
        let mining = resource["pkgmine"] as? [String: Any]
        outcomes = mining?["outcomes"] as? [String: Int] ?? [:]
    }

    private static func collect(_ value: Any, _ name: String, depth: Int, into facts: inout [Fact]) {
        switch value {
        case let text as String: facts.append(Fact(name: name, value: text))
        case let number as NSNumber: facts.append(Fact(name: name, value: written(number)))
        case let nested as [String: Any] where depth < 3:
            for (key, value) in nested { collect(value, "\(name) · \(key)", depth: depth + 1, into: &facts) }
        case let list as [Any] where depth < 3:
            for (index, value) in list.prefix(20).enumerated() {
                let label = list.count == 1 ? name : "\(name) · \(index + 1)"
                collect(value, label, depth: depth + 1, into: &facts)
            }
        default: break
        }
    }

    /// JSON's `true` is a number to Foundation, told apart by its type.
    private static func written(_ number: NSNumber) -> String {
        let isFlag = String(cString: number.objCType) == String(cString: NSNumber(value: true).objCType)
        return isFlag ? String(number.boolValue) : number.stringValue
    }
}
