package import RepositoryAddresses

extension ShorthandRule {
    /// What `owner/name` means in a list of that platform: npm takes it for GitHub's, and no other ecosystem defines it
    /// (https://docs.npmjs.com/cli/configuring-npm/package-json#repository).
    package init(platform: String) {
        self = platform.lowercased() == "npm" ? .means("github.com") : .undefined
    }
}
