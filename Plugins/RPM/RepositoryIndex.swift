import ContentDigest
import PackageMining
import RegistryDocuments
import RegistryXML

/// What a repository's `repomd.xml` says of its `primary` file, the one that names every package.
///
/// The format is createrepo's; librepo reads it in https://github.com/rpm-software-management/librepo. The file's size
/// and its inflated size are told there too, and are wrong in some repositories: the checksum decides.
struct RepositoryIndex: Hashable, Sendable {
    let location: String
    let checksum: FileChecksum

    private static let selection = XMLSelection(each: "repomd/data", taking: ["location", "checksum"])

    /// Of several `primary` files the first one counts that can be verified.
    ///
    /// - Throws: `WireError` for an answer that is no index, or names no `primary` that can be verified.
    init(_ response: Response, of repositoryURL: String) throws {
        let files = try response.xml(Self.selection)
        let found = files.filter { $0.attribute("type") == "primary" }.map { primary in
            Result { try (location: primary.location(in: repositoryURL), checksum: primary.checksum()) }
        }
        guard let first = found.first else { throw response.lacks(Self.noPrimary(among: files)) }
        do {
            (location, checksum) = try (found.first(where: \.isSuccess) ?? first).get()
        } catch {
            throw response.lacks("\(error)")
        }
    }

    private static func noPrimary(among files: [XMLRecord]) -> String {
        let types = files.compactMap { $0.attribute("type") }.prefix(20)
        return "repomd.xml names no primary file"
            + (types.isEmpty ? "" : ", but \(types.joined(separator: ", "))")
            + (types.contains("primary_db") ? "; databases are not read" : "")
    }
}

/// What an entry of the index does not have.
private struct Lack: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

extension Result {
    fileprivate var isSuccess: Bool {
        if case .success = self { true } else { false }
    }
}

extension XMLRecord {
    /// Relative to the repository, or to an `xml:base` where there is one. `+` would mean a space to some mirrors.
    fileprivate func location(in repositoryURL: String) throws -> String {
        guard let place = first("location"), let href = place.attribute("href"), !href.isEmpty else {
            throw Lack("repomd.xml gives no location for primary")
        }
        if href.contains("://") { return href }
        let base = place.attribute("base") ?? repositoryURL
        return (base.hasSuffix("/") ? base : base + "/") + href.replacing("+", with: "%2B").drop { $0 == "/" }
    }

    fileprivate func checksum() throws -> FileChecksum {
        guard let element = first("checksum"), let value = element.text.split(whereSeparator: \.isWhitespace).first
        else {
            throw Lack("repomd.xml gives no checksum for primary")
        }
        let type = element.attribute("type") ?? ""
        guard let algorithm = DigestAlgorithm(named: type) else {
            throw Lack("repomd.xml gives a checksum of type '\(type)' for primary, which is not known")
        }
        guard value.utf8.count == algorithm.hexadecimalCount, value.allSatisfy({ $0.isASCII && $0.isHexDigit }) else {
            throw Lack("repomd.xml gives '\(value.prefix(80))' for primary, which is no \(algorithm) checksum")
        }
        return FileChecksum(algorithm, value.lowercased())
    }
}
