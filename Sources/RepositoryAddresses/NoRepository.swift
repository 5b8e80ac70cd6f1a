/// Why an address names no repository.
///
/// The raw values are the words of the file of addresses left out, so that a study can quote them.
public enum NoRepository: String, Error, CaseIterable, Codable, Hashable, Sendable {
    /// `UNKNOWN`, `n/a`, `${scm.url}`: something stands where an address should.
    case placeholder = "stands for no address"
    case notAnAddress = "not an address"
    case malformed = "malformed address"
    /// Longer than ``AddressReader/longest``.
    case tooLong = "too long"
    case localPath = "a path on a disk"
    /// `owner/name` where the ecosystem does not say what it means: see ``ShorthandRule``.
    case shorthand = "a shorthand that the ecosystem does not define"
    case hostOnly = "names a host, not a repository"
    case profile = "names an owner, not a repository"
    case gist = "a gist or snippet"
    case hostPage = "a page of the host itself"
    case rawFile = "a raw file"
    case archive = "an archive or an interface of the host"
    case pages = "a site published from a repository"
    case documentation = "a documentation site"
    case registryPage = "a page of a package registry"
    case badge = "a badge or a page of a build service"
    case vanity = "an import path that stands for a repository"
    case projectPage = "a page of a project, not of its repository"
    case unknownHost = "a host not known to hold repositories"
}

/// What was inferred where an address does not itself name a repository.
///
/// Inferences are off unless asked for, and each repository found by one carries its label.
public enum Inference: String, CaseIterable, Codable, Hashable, Sendable {
    /// `owner.github.io/name`
    case pages
    /// `raw.githubusercontent.com/owner/name/…`
    case rawFile = "raw file"
    /// `codeload.github.com/owner/name/…`
    case archive
    /// The page or the picture of a build service.
    case badge
    /// `pkg.go.dev/github.com/owner/name`
    case documentation
    /// `gopkg.in/yaml.v3`
    case vanity = "import path"
    /// `owner/name` where the ecosystem does not say what it means, taken for GitHub.
    case shorthand
    /// A page on a host that is called `git.…`.
    case hostName = "host name"
}
