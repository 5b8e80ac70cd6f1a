import PackageMining
import RecordReaders
import RegistryJSON

/// The links that a manifest tells, or the top level of a document.
struct PackageLinks: Sendable {
    let homepage: String?
    let repository: String?

    init(homepage: String?, repository: String?) {
        (self.homepage, self.repository) = (homepage, repository)
    }

    init(of manifest: JSONValue) {
        self.init(homepage: manifest["/homepage"]?.link, repository: manifest["/repository"]?.link)
    }

    /// A name that npm holds for safety's sake leads to a repository of npm's own.
    var resolution: Resolution {
        let path = (repository?.hasSuffix(".git") == true ? repository?.dropLast(4) : repository?[...]) ?? ""
        let isHeld = ["npm/security-holder", "npm/deprecate-holder"].contains { holder in
            path == holder || path.hasSuffix("/\(holder)") || path.hasSuffix(":\(holder)")
        }
        return isHeld ? .links(homepage: nil, repository: nil) : .links(homepage: homepage, repository: repository)
    }
}

extension JSONValue {
    /// A text, the `url` of an object, or either as the first element of an array.
    fileprivate var link: String? {
        if let elements { return elements.first?.link }
        let link = text ?? self["/url"]?.text
        return link?.contains { !$0.isWhitespace } == true ? link : nil
    }
}

/// Reads a package's document: of its versions the latest one, where it has said before which one that is, else all.
struct DocumentReader: RecordReader {
    private var elements = JSONElements(
        of: [], optional: ["/versions"],
        keeping: ["/name", "/dist-tags/latest", "/time/unpublished", "/homepage", "/repository"])

    mutating func feed(_ bytes: [UInt8]) { elements.feed(bytes) }

    mutating func next() throws -> JSONElement? {
        while let element = try elements.next() { if isWanted(element) { return element } }
        return nil
    }

    mutating func finish() throws -> JSONElement? {
        while let element = try elements.finish() { if isWanted(element) { return element } }
        return nil
    }

    private func isWanted(_ version: JSONElement) -> Bool {
        guard let latest = text("/dist-tags/latest") else { return true }
        return version.key?.utf8.elementsEqual(latest.utf8) == true
    }

    private func text(_ pointer: String) -> String? { elements.kept[pointer]?.text }

    /// What the whole document says. The top level tells what the latest version does not: in old documents it has no
    /// homepage where that has one, and a tag may name a version that there is not.
    func resolution(_ versions: [String: PackageLinks]) throws -> Resolution {
        guard text("/name") != nil else { throw RecordError(at: "'/name'", "the document has no such text") }
        if elements.kept["/time/unpublished"]?.isNull == false { return Resolution(.gone) }
        let latest = text("/dist-tags/latest").flatMap { versions[$0] }
        return PackageLinks(
            homepage: latest?.homepage ?? elements.kept["/homepage"]?.link,
            repository: latest?.repository ?? elements.kept["/repository"]?.link
        ).resolution
    }
}
