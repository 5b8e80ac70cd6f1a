/// What is known of a host that holds repositories, or of one that only looks so.
///
/// A host is added by a row of ``HostTable``.
struct HostRule: Sendable {
    /// `github.com`; `*.googlesource.com` for any host below; `gitlab.*` for any host so called.
    let hosts: [String]

    /// How the host is called in canonical addresses, where it has several names.
    var alias: String?

    var shape: PathShape

    /// Whether the host treats `Owner` and `owner` as one.
    var foldsCase = false

    /// First segments that belong to the host itself, in lower case.
    var reserved: Set<String> = []

    /// The words that begin a page behind a repository's own path, where the path alone does not end it.
    var pages: Set<String> = []

    /// Those of the pages that the host lets no group and no repository be called, in whatever place.
    var pagesOnly: Set<String> = []

    /// What the host writes before a repository's path, by how it is asked: `cgit`, `git`, `r`.
    ///
    /// They name one repository, whose canonical address has the first of them.
    var roots: [String] = []

    /// The words between a repository and a directory in it: `tree`, `src/branch`. A branch follows.
    var directories: [[String]] = []

    init(
        _ hosts: String..., alias: String? = nil, paths shape: PathShape, foldsCase: Bool = false,
        reserved: Set<String> = [], pages: Set<String> = [], pagesOnly: Set<String> = [], roots: [String] = [],
        directories: [[String]] = []
    ) {
        self.hosts = hosts
        self.alias = alias
        self.shape = shape
        self.foldsCase = foldsCase
        self.reserved = reserved
        self.pages = pages
        self.pagesOnly = pagesOnly
        self.roots = roots
        self.directories = directories
    }
}

/// How a host lays out the paths of its repositories.
enum PathShape: Sendable {
    /// `/owner/name`, anything behind it is a page.
    case ownerAndName
    /// `/group/…/name` of any depth, ended by a page word, by `.git` or by a segment `-`.
    case groups(atLeast: Int)
    /// `/~owner/name`.
    case tilde
    /// `/any/path`, ended by a segment that begins with `+`.
    case gitiles
    /// cgit, gitweb or a plain server: ended by `.git`, a page word, or named by `?p=`.
    ///
    /// Where `anyPath` is false, an address needs `.git` or the form of a clone to be taken for a repository.
    case server(anyPath: Bool)
    /// A plain server behind one of the rule's roots. Without `.git`, only `anyPath` makes a page a repository's.
    case rooted(anyPath: Bool)
    /// `/path`, ended by `trunk`, `tags` or `branches`.
    case subversion(root: String)
    case azure
    /// `ssh.dev.azure.com:v3/organisation/project/name`.
    case azureSSH
    case visualStudio
    case launchpad
    /// `/p/project/mount`. On a host that serves nothing else, any mount is a repository.
    case sourceForge(anyMount: Bool)
    case bitbucketServer
    /// `/v1/repos/name`
    case codeCommit
    case codeCommitConsole
    /// Not a repository. With inferences on, the first pattern that fits the path tells what it stands for.
    case elsewhere(NoRepository, Inference? = nil, [Stand] = [])
}

/// A pattern of a path and the address that it stands for.
///
/// `{name}` takes a segment, `{rest}` all that is left. In the address, `{sub}` is the host's part before the suffix,
/// and `{name-version}` is the segment without a trailing `.v1`.
struct Stand: Sendable {
    let path: String
    let address: String

    init(_ path: String, _ address: String) {
        self.path = path
        self.address = address
    }
}
