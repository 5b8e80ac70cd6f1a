import ContentDigest
import Foundation
import PackageMining
import RegistryDocuments
import RegistryXML

/// What a repository's `repomd.xml` says of its `primary` file, the one that names every package.
///
/// The format is createrepo's; librepo reads it in https://github.com/rpm-software-management/librepo. The file's size
/// and its inflated size are told there too, and are wrong in some repositories: the checksum decides.
struct RepositoryIndex: Sendable {
    let primary: Download<XMLRecords>

    /// When `primary` was made, as dnf looks at it too, which keeps what is newer than a mirror's.
    let time: Date?

    private static let selection = XMLSelection(each: "repomd/data", taking: ["location", "checksum", "timestamp"])
    private static let packages = XMLSelection(each: "metadata/package", taking: ["name", "version", "url"])

    /// Of several `primary` files the first one counts that can be verified.
    ///
    /// - Throws: `WireError` for an answer that is no index, or names no `primary` that can be verified.
    init(_ response: Response, of repositoryURL: String) throws {
        let files = try response.xml(Self.selection)
        let found = files.filter { $0.attribute("type") == "primary" }.map { primary in
            Result { try (primary.download(in: repositoryURL, Self.packages), primary.time) }
        }
        guard let first = found.first else { throw response.lacks(Self.noPrimary(among: files)) }
        do {
            (primary, time) = try (found.first(where: \.isSuccess) ?? first).get()
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

extension Result {
    fileprivate var isSuccess: Bool {
        if case .success = self { true } else { false }
    }
}

extension XMLRecord {
    /// Repositories are written by many tools, and some let control characters into descriptions.
    fileprivate func download(in repositoryURL: String, _ packages: XMLSelection) throws -> Download<XMLRecords> {
        var options = XMLOptions()
        options.replacesIllFormedBytes = true
        var file = Download(try location(in: repositoryURL)) { [options] in XMLRecords(packages, options: options) }
        file.checksum = try checksum()
        return file
    }

    /// In seconds since 1970, in some repositories with a fraction.
    fileprivate var time: Date? {
        guard let seconds = text("timestamp").flatMap(TimeInterval.init), seconds.isFinite else { return nil }
        return Date(timeIntervalSince1970: seconds)
    }

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
        guard let checksum = FileChecksum(reading: value, by: algorithm) else {
            throw Lack("repomd.xml gives '\(value.prefix(80))' for primary, which is no \(algorithm) checksum")
        }
        return checksum
    }
}
