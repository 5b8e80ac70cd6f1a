import PackageMining
import RegistryDocuments
import RegistryJSON

/// A package as a row of the list tells of it (hexpm's `package_view.ex`, November 2026).
struct HexPackage {
    let name: String

    /// When it was last published, retired or changed.
    let updated: RegistryTime

    /// Its links are those of its last publication, whichever version that was.
    let release: Release

    var row: (RegistryTime, String, Release) { (updated, name, release) }

    /// What authors call the repository, the surest first: of 282 packages of April 2022, 275 have one such link. By the
    /// label alone: `GitHub` may lead to GitLab, and `Documentation` that leads to GitHub is none.
    private static let repositoryLabels = [
        "repository", "repo", "source", "source code", "git", "github", "gitlab", "bitbucket", "codeberg", "sourcehut",
        "gitea",
    ]
    private static let homepageLabels = ["homepage", "home", "website", "site"]

    /// - Throws: `JSONError` with what the row lacks.
    init(_ row: JSONValue) throws {
        name = try row.neededText("/name")
        let time = try row.neededText("/updated_at")
        guard let updated = RegistryTime(time) else { throw JSONError("'\(time)' is no time in UTC") }
        self.updated = updated
        guard try row.neededText("/repository") == "hexpm" else {
            throw JSONError("it is in an organisation's own repository")
        }
        try row.need([.object("/meta")])
        let links = LabelledLinks(row["/meta/links"])
        release = Release(
            version: row["/latest_version"]?.text ?? "", place: updated.nanoseconds,
            homepage: links.first(of: Self.homepageLabels), repository: links.first(of: Self.repositoryLabels))
    }
}
