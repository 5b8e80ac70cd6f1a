import ContentDigest
import PackageMining
import RegistryDocuments
import RegistryXML

/// What a repository's `repomd.xml` says of its `primary` file, the one that names every package.
///
/// The format is createrepo's; librepo reads it in https://github.com/rpm-software-management/librepo.
struct RepositoryIndex: Hashable, Sendable {
    let location: String
    let checksum: XMLDownload.Checksum

    /// How many bytes the file has, inflated; nil where the repository does not say.
    let openSize: Int64?

    private static let selection = XMLSelection(each: "repomd/data", taking: ["location", "checksum", "open-size"])

    /// - Throws: `WireError` for an answer that is no index, or names no `primary` that can be verified.
    init(_ response: Response, of repositoryURL: String) throws {
        let primary = try response.xml(Self.selection).first { $0.attribute("type") == "primary" }
        guard let primary else { throw response.malformed("the repository index names no primary file") }
        guard let place = primary.first("location"), let href = place.attribute("href"), !href.isEmpty else {
            throw response.malformed("the primary file has no location")
        }
        let type = primary.first("checksum")?.attribute("type") ?? ""
        guard let algorithm = DigestAlgorithm(named: type), let value = primary.word("checksum") else {
            throw response.malformed("the primary file's checksum is of type '\(type)', which is not known")
        }
        location = Self.url(of: href, base: place.attribute("base") ?? repositoryURL)
        checksum = XMLDownload.Checksum(algorithm, value.lowercased())
        openSize = primary.word("open-size").flatMap { Int64($0) }
    }

    /// Relative to the repository, or to an `xml:base` where there is one. `+` would mean a space to some mirrors.
    private static func url(of href: String, base: String) -> String {
        if href.contains("://") { return href }
        return (base.hasSuffix("/") ? base : base + "/") + href.replacing("+", with: "%2B").drop { $0 == "/" }
    }
}

extension XMLRecord {
    /// The text of the first element at a path, without white space around it.
    fileprivate func word(_ path: String) -> String? {
        text(path)?.split(whereSeparator: \.isWhitespace).first.map(String.init)
    }
}
