import PackageMining

/// What names a POM in a repository.
struct Coordinates: Hashable, Sendable, CustomStringConvertible {
    let group: String
    let artifact: String
    var version: String

    var description: String { "\(group):\(artifact):\(version)" }

    /// Where an artifact's versions lie below the repository's address; nil where a part cannot be a folder's name.
    var folder: String? {
        let parts = group.split(separator: ".", omittingEmptySubsequences: false) + [artifact[...]]
        let segments = parts.compactMap { urlSegment($0) }
        return segments.count == parts.count ? segments.joined(separator: "/") : nil
    }

    var pomPath: String? {
        guard let folder, let artifact = urlSegment(artifact), let version = urlSegment(version) else { return nil }
        return "\(folder)/\(version)/\(artifact)-\(version).pom"
    }
}
