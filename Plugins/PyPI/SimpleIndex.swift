import PackageMining
import PythonFormats
import RecordReaders
import RegistryDocuments
import RegistryJSON

/// The projects of the index, each with the serial of its last change.
struct SimpleIndex: Sendable {
    private(set) var packages = SnapshotPackages()
    private(set) var serial: Int64?
    private let url: String
    private let now: String
    private var version: String?

    /// - Parameter now: stands in the place of a serial that is not told, so that the project is looked up.
    init(at url: String, in now: String) {
        (self.url, self.now) = (url, now)
    }

    mutating func take(_ record: SimpleIndexReader.Element) {
        switch record {
        case .first(let element): take(element)
        case .second(let element) where element.name == "meta":
            if element.attributes["name"] == "pypi:repository-version" { version = element.attributes["content"] }
        case .second(let link): take(link)
        }
    }

    private mutating func take(_ element: JSONElement) {
        let project = element.entry(of: url, noting: &packages) { project in
            (name: try project.neededText("/name"), serial: project.serial("/_last-serial"))
        }
        if let project { add(project.name, project.serial.map(String.init) ?? now) }
    }

    /// Of a link the text is the name, and the address ends in what that normalises to.
    private mutating func take(_ link: HTMLElement) {
        let target = link.attributes["href"]?.split { "?#".contains($0) }.first?.split(separator: "/").last
        guard !link.text.isEmpty, target.map({ normalizedProject(String($0)) }) == normalizedProject(link.text) else {
            let told = "'\(link.text)' leads to '\(link.attributes["href"] ?? "")', which is no project of that name"
            return packages.note(Problem(.unreadable, at: url, printable(told, limit: 300), key: "\(url) \(told)"))
        }
        add(link.text, now)
    }

    private mutating func add(_ name: String, _ version: String) {
        packages.add(name: name, key: normalizedProject(name), Release(version: version))
    }

    /// Takes what the document says of itself.
    mutating func hold(to reader: SimpleIndexReader) throws {
        serial = reader.meta?.serial("/_last-serial")
        try SimpleAPI.hold(reader.meta?["/api-version"]?.text ?? version, at: url)
        if reader.isHTML, packages.count == 0 {
            throw RecordError(at: "the index", "it is a page without a link to a project")
        }
    }
}
