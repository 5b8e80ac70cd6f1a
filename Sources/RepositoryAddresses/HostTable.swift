/// Every host that is known by name: the one place where hosts are told apart.
///
/// A row is a host, or several with the same rules. The first row that claims a host wins; among the forms of a name,
/// the exact one goes before `*.suffix` and that before `prefix.*`.
enum HostTable {
    static let rules: [HostRule] = forges + servers + elsewhere

    private static let gitLab = PathShape.groups(atLeast: 2)
    private static let tree = [["tree"], ["-", "tree"]]
    private static let src = [["src", "branch"], ["src", "commit"], ["src", "tag"]]

    static let forges: [HostRule] = codeHosts + otherForges

    private static let codeHosts: [HostRule] = [
        HostRule(
            "github.com", "www.github.com", "ssh.github.com", alias: "github.com", paths: .ownerAndName,
            foldsCase: true,
            reserved: ReservedWords.gitHub, directories: [["tree"]]),
        // GitHub Enterprise; what else is called `github.…` is told in `elsewhere`.
        HostRule(
            "github.*", "github-enterprise.*", "ghe.*", "*.ghe.com", paths: .ownerAndName, foldsCase: true,
            reserved: ReservedWords.gitHub, directories: [["tree"]]),
        HostRule(
            "gitlab.com", "www.gitlab.com", "altssh.gitlab.com", alias: "gitlab.com", paths: gitLab, foldsCase: true,
            reserved: ReservedWords.gitLab, pages: ReservedWords.gitLabPages,
            pagesOnly: ReservedWords.gitLabPagesOnly, directories: tree),
        HostRule(
            "gitlab.*", "salsa.debian.org", "framagit.org", "invent.kde.org", "code.videolan.org", "0xacab.org",
            "git.drupalcode.org", "jihulab.com", "source.puri.sm", "foss.heptapod.net", "dev.gajim.org",
            "git.rwth-aachen.de", "git.scc.kit.edu", "codebase.helmholtz.cloud", "opencode.net", "git.coop",
            "lab.louiz.org", "source.denx.de", "git.pleroma.social", "mau.dev", "code.briarproject.org",
            paths: gitLab, foldsCase: true, reserved: ReservedWords.gitLab, pages: ReservedWords.gitLabPages,
            pagesOnly: ReservedWords.gitLabPagesOnly, directories: tree),
        HostRule(
            "bitbucket.org", "www.bitbucket.org", "bitbucket.com", "altssh.bitbucket.org", alias: "bitbucket.org",
            paths: .ownerAndName, foldsCase: true, reserved: ReservedWords.bitbucket, directories: [["src"]]),
        HostRule(
            "codeberg.org", "gitea.*", "forgejo.*", "gogs.*", "gitea.com", "notabug.org", "try.gitea.io", "opendev.org",
            "git.disroot.org", "git.sr.se", "code.forgejo.org", "git.gay", "next.forgejo.org",
            paths: .ownerAndName, foldsCase: true, reserved: ReservedWords.gitea, directories: src),
    ]

    private static let otherForges: [HostRule] = [
        HostRule("gitee.com", paths: .ownerAndName, reserved: ReservedWords.gitee, directories: [["tree"]]),
        HostRule("git.sr.ht", "hg.sr.ht", paths: .tilde, directories: [["tree"]]),
        HostRule("pagure.io", paths: .groups(atLeast: 1), pages: ReservedWords.pagure),
        HostRule("src.fedoraproject.org", paths: .groups(atLeast: 2), pages: ReservedWords.pagure),
        HostRule("*.googlesource.com", paths: .gitiles),
        HostRule("dev.azure.com", paths: .azure, foldsCase: true),
        HostRule(
            "ssh.dev.azure.com", "vs-ssh.visualstudio.com", alias: "dev.azure.com", paths: .azureSSH, foldsCase: true),
        HostRule("*.visualstudio.com", alias: "dev.azure.com", paths: .visualStudio, foldsCase: true),
        HostRule("git.launchpad.net", "code.launchpad.net", "launchpad.net", "bazaar.launchpad.net", paths: .launchpad),
        // A project's tools share one space of names, so that `p/x/code` is one repository whatever serves it.
        HostRule(
            "sourceforge.net", "www.sourceforge.net", "sf.net", "www.sf.net", alias: "git.code.sf.net",
            paths: .sourceForge(anyMount: false)),
        HostRule(
            "git.code.sf.net", "svn.code.sf.net", "hg.code.sf.net", alias: "git.code.sf.net",
            paths: .sourceForge(anyMount: true)),
        HostRule("bitbucket.*", "stash.*", paths: .bitbucketServer, foldsCase: true),
    ]

    static let servers: [HostRule] = [
        HostRule(
            "git.kernel.org", "gitolite.kernel.org", alias: "git.kernel.org", paths: .rooted(anyPath: false),
            pages: ReservedWords.serverPages, roots: ["pub/scm", "cgit"]),
        // https://savannah.nongnu.org/maintenance/UsingGit: all names exist in both domains and serve the same.
        HostRule(
            "git.savannah.gnu.org", "git.savannah.nongnu.org", "git.sv.gnu.org", "git.sv.nongnu.org",
            "cgit.git.savannah.gnu.org", "https.git.savannah.gnu.org", "gitweb.git.savannah.gnu.org",
            alias: "git.savannah.gnu.org",
            paths: .rooted(anyPath: true), pages: ReservedWords.serverPages,
            roots: ["cgit", "git", "r", "gitweb", "srv/git"]),
        HostRule(
            "hg.savannah.gnu.org", "hg.savannah.nongnu.org", "hg.sv.gnu.org", "hg.sv.nongnu.org",
            alias: "hg.savannah.gnu.org", paths: .server(anyPath: true), pages: ReservedWords.serverPages),
        // `/git/x.git` is not among them: it is the fork `x` of the project `git`.
        HostRule(
            "repo.or.cz", "www.repo.or.cz", alias: "repo.or.cz", paths: .rooted(anyPath: false),
            pages: ReservedWords.serverPages, roots: ["", "w", "r", "srv/git"]),
        HostRule(
            "git.eclipse.org", paths: .rooted(anyPath: false), pages: ReservedWords.serverPages,
            roots: ["c", "gitroot", "r", "r/p"]),
        // SourceForge before 2013: a host a project.
        HostRule(
            "*.git.sourceforge.net", paths: .rooted(anyPath: true), pages: ReservedWords.serverPages,
            roots: ["gitroot", "git"]),
        HostRule(
            "cgit.*", "hg.*", "hgweb.*", paths: .server(anyPath: true), pages: ReservedWords.serverPages),
        HostRule("git-codecommit.*", "git-codecommit-fips.*", paths: .codeCommit),
        HostRule(
            "console.aws.amazon.com", "*.console.aws.amazon.com", "console.amazonaws.cn", "*.console.amazonaws.cn",
            paths: .codeCommitConsole),
        HostRule("svn.apache.org", paths: .subversion(root: "repos/asf")),
        HostRule(
            "svn.savannah.gnu.org", "svn.savannah.nongnu.org", "svn.sv.gnu.org", "svn.sv.nongnu.org",
            alias: "svn.savannah.gnu.org", paths: .subversion(root: "")),
        HostRule("svn.*", "*.svn.sourceforge.net", paths: .subversion(root: "")),
    ]
}
