import ContentDigest
import Foundation
import PackageMining
import RegistryXML

/// What a repository's `repomd.xml` says of its `primary` file, the one that names every package.
///
/// The format is createrepo's; librepo reads it in https://github.com/rpm-software-management/librepo.
struct RepositoryIndex: Hashable, Sendable {
    let location: String
    let algorithm: DigestAlgorithm
    let checksum: String

    /// How many bytes the file has, inflated; nil where the repository does not say.
    let openSize: Int64?

    private static let selection = XMLSelection(
        each: "repomd/data", taking: ["location", "checksum", "open-size"])

    /// - Throws: `WireError` for an answer that is no index, or names no `primary` that can be verified.
    init(_ response: Response, of repositoryURL: String) throws {
        func malformed(_ reason: String, _ cause: (any Error)? = nil) -> WireError {
            WireError(.malformed, url: response.url, reason, status: response.status, cause: cause)
        }
        let data: [XMLRecord]
        do {
            data = try XMLReader.records(in: response.bodyOfSuccess(), RepositoryIndex.selection)
        } catch let error as XMLReadError {
            throw malformed("no repository index: \(error)", error)
        }
        guard let primary = data.first(where: { $0.attribute("type") == "primary" }) else {
            throw malformed("the repository index names no primary file")
        }
        guard let place = primary.first("location"), let href = place.attribute("href"), !href.isEmpty else {
            throw malformed("the primary file has no location")
        }
        let type = primary.first("checksum")?.attribute("type") ?? ""
        guard let algorithm = DigestAlgorithm(named: type) else {
            throw malformed("the primary file's checksum is of type '\(type)', which is not known")
        }
        location = RepositoryIndex.url(of: href, base: place.attribute("base"), in: repositoryURL)
        checksum = (primary.text("checksum") ?? "").trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
        self.algorithm = algorithm
        openSize = primary.text("open-size").flatMap { Int64($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }

    /// Relative to the repository, or to an `xml:base` where there is one. `+` would mean a space to some mirrors.
    private static func url(of href: String, base: String?, in repositoryURL: String) -> String {
        if href.contains("://") { return href }
        let folder = base ?? repositoryURL
        let path = href.replacing("+", with: "%2B")
        return (folder.hasSuffix("/") ? folder : folder + "/") + path.drop { $0 == "/" }
    }
}
