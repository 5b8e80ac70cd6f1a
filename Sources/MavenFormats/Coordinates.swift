import PackageMining

/// What names a POM in a repository.
package struct Coordinates: Hashable, Sendable, CustomStringConvertible {
    package let group: String
    package let artifact: String
    package var version: String

    package init(group: String, artifact: String, version: String) {
        self.group = group
        self.artifact = artifact
        self.version = version
    }

    package var description: String { "\(group):\(artifact):\(version)" }

    /// Where an artifact's versions lie below the repository's address; nil where a part cannot be a folder's name.
    package var folder: String? {
        urlPath(group.split(separator: ".", omittingEmptySubsequences: false) + [artifact[...]])
    }

    package var pomPath: String? {
        guard let folder, let artifact = urlSegment(artifact), let version = urlSegment(version) else { return nil }
        return "\(folder)/\(version)/\(artifact)-\(version).pom"
    }
}
