import ContentDigest
import Foundation
package import PackageMining
import RecordReaders
import RegistryDocuments
import RegistryJSON

/// A project's own page of the index, in JSON (PEP 691) or in HTML (PEP 503).
package struct ProjectPage: Sendable {
    package struct File: Sendable {
        package let name: String
        let address: String
        let isYanked: Bool
        /// Whether core metadata lies beside it, and its checksum where that is told (PEP 714).
        let hasMetadata: Bool
        let sha256: String?
    }

    private let url: String
    /// What addresses in it are relative to, where it says so.
    private var base: String?
    package private(set) var files: [File] = []
    package private(set) var isQuarantined = false
    package private(set) var serial: Int64?

    /// - Throws: `WireError` for an answer that is no such page.
    package init(_ answer: Response, at url: String) throws {
        self.url = url
        let body = try answer.bodyOfSuccess()
        try answer.hold(toTypes: SimpleAPI.types)
        if answer.mediaType == SimpleAPI.json {
            let page = try answer.json(having: .array("/files"))
            try SimpleAPI.hold(page["/meta/api-version"]?.text, at: url)
            isQuarantined = page["/project-status/status"]?.text == "quarantined"
            serial = page.serial("/meta/_last-serial")
            files = (page["/files"]?.elements ?? []).map(File.init)
        } else {
            try read(body, of: answer)
        }
    }

    private mutating func read(_ html: [UInt8], of answer: Response) throws {
        let elements: [HTMLElement]
        do { elements = try HTMLElements.records(of: html, by: HTMLElements(["a", "base", "meta"])) } catch {
            throw answer.malformed("no page of a project: \(error)", cause: error)
        }
        let meta = elements.filter { $0.name == "meta" }.map(\.attributes)
        let version = meta.first { $0["name"] == "pypi:repository-version" }
        try SimpleAPI.hold(version?["content"], at: url)
        isQuarantined = meta.contains { $0["name"] == "pypi:project-status" && $0["content"] == "quarantined" }
        base = elements.first { $0.name == "base" }?.attributes["href"]
        files = elements.filter { $0.name == "a" }.map(File.init)
        if files.isEmpty, version == nil { throw answer.malformed("no page of a project: it has no links") }
    }

    /// Of the files with metadata the one that pip would take: not yanked, then no pre-release, then the newest.
    package var newestWithMetadata: File? {
        files.filter(\.hasMetadata).max { $0.rank < $1.rank }
    }

    /// Whether there is a file that pip would take before this one, and that has no metadata.
    package func hasNewer(than file: File) -> Bool {
        files.contains { file.rank < $0.rank }
    }

    /// Where a file's metadata is (PEP 658). The credentials of the index are good for its own host and for no other, as
    /// with pip.
    package func metadataURL(of file: File) -> String? {
        let page = URL(string: url)
        let folder = base.flatMap { URL(string: $0, relativeTo: page) } ?? page
        guard let page, let found = URL(string: file.address + ".metadata", relativeTo: folder)?.absoluteURL,
            var address = URLComponents(url: found, resolvingAgainstBaseURL: true)
        else { return nil }
        if address.user == nil, found.scheme == page.scheme, found.host() == page.host(), found.port == page.port {
            let credentials = URLComponents(url: page, resolvingAgainstBaseURL: true)
            address.percentEncodedUser = credentials?.percentEncodedUser
            address.percentEncodedPassword = credentials?.percentEncodedPassword
        }
        return address.string
    }
}

extension ProjectPage.File {
    init(_ file: JSONValue) {
        name = file["/filename"]?.text ?? ""
        address = file["/url"]?.text ?? ""
        isYanked = file["/yanked"].map { $0.bool ?? !$0.isNull } ?? false
        let metadata = file["/core-metadata"] ?? file["/dist-info-metadata"]
        sha256 = metadata?["/sha256"]?.text
        hasMetadata = metadata?.bool ?? (metadata?.members != nil)
    }

    /// In HTML the older name of the attribute was right as well.
    init(_ link: HTMLElement) {
        name = link.text
        address = String((link.attributes["href"] ?? "").prefix { $0 != "#" })
        isYanked = link.attributes["data-yanked"] != nil
        let metadata = link.attributes["data-core-metadata"] ?? link.attributes["data-dist-info-metadata"]
        hasMetadata = metadata != nil && metadata != "false"
        sha256 = metadata.flatMap { $0.hasPrefix("sha256=") ? String($0.dropFirst(7)) : nil }
    }

    package func verify(_ metadata: [UInt8], of answer: Response) throws {
        guard let sha256, try Digest.hex(of: metadata, by: .sha256) != sha256.lowercased() else { return }
        throw answer.malformed("its checksum is not the one that the index tells")
    }

    fileprivate var rank: ProjectPage.Rank {
        // A wheel is `name-version-…`, and only a version is free of hyphens in other files.
        let parts = name.split(separator: "-")
        let text = name.hasSuffix(".whl") ? parts.dropFirst().first : parts.last
        let version = (text ?? "").replacing(/\.(tar\.\w+|zip|tgz)$/, with: "")
        return ProjectPage.Rank(isYanked: isYanked, version: PythonVersion(String(version)))
    }
}

extension ProjectPage {
    fileprivate struct Rank: Comparable {
        let isYanked: Bool
        let version: PythonVersion

        static func < (a: ProjectPage.Rank, b: Rank) -> Bool {
            if a.isYanked != b.isYanked { return a.isYanked }
            if a.version.isPreRelease != b.version.isPreRelease { return a.version.isPreRelease }
            return a.version < b.version
        }
    }
}
