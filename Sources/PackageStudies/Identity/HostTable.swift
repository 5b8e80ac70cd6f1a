/// Every host that is known by name: the one place where hosts are told apart.
///
/// A row is a host, or several with the same rules. The first row that claims a host wins; among the forms of a name,
/// the exact one goes before `*.suffix` and that before `prefix.*`.
enum HostTable {
    static let rules: [HostRule] = forges + servers + elsewhere

    private static let gitLab = PathShape.groups(atLeast: 2)
    private static let tree = [["tree"], ["-", "tree"]]
    private static let src = [["src", "branch"], ["src", "commit"], ["src", "tag"]]

    static let forges: [HostRule] = [
        HostRule(
            "github.com", "www.github.com", "ssh.github.com", alias: "github.com", paths: .ownerAndName,
            foldsCase: true,
            reserved: ReservedWords.gitHub, directories: [["tree"]]),
        HostRule(
            "gitlab.com", "www.gitlab.com", "altssh.gitlab.com", alias: "gitlab.com", paths: gitLab, foldsCase: true,
            reserved: ReservedWords.gitLab, pages: ReservedWords.gitLabPages, directories: tree),
        HostRule(
            "gitlab.*", "salsa.debian.org", "framagit.org", "invent.kde.org", "code.videolan.org", "0xacab.org",
            "git.drupalcode.org", "jihulab.com", "source.puri.sm", "foss.heptapod.net", "dev.gajim.org",
            "git.rwth-aachen.de", "git.scc.kit.edu", "codebase.helmholtz.cloud", "opencode.net", "git.coop",
            "lab.louiz.org", "source.denx.de", "git.pleroma.social", "mau.dev", "code.briarproject.org",
            paths: gitLab, foldsCase: true, reserved: ReservedWords.gitLab, pages: ReservedWords.gitLabPages,
            directories: tree),
        HostRule(
            "bitbucket.org", "www.bitbucket.org", "bitbucket.com", "altssh.bitbucket.org", alias: "bitbucket.org",
            paths: .ownerAndName, foldsCase: true, reserved: ReservedWords.bitbucket, directories: [["src"]]),
        HostRule(
            "codeberg.org", "gitea.*", "forgejo.*", "gogs.*", "gitea.com", "notabug.org", "try.gitea.io", "opendev.org",
            "git.disroot.org", "git.sr.se", "code.forgejo.org", "git.gay", "next.forgejo.org",
            paths: .ownerAndName, foldsCase: true, reserved: ReservedWords.gitea, directories: src),
        HostRule("gitee.com", paths: .ownerAndName, reserved: ReservedWords.gitee, directories: [["tree"]]),
        HostRule("git.sr.ht", "hg.sr.ht", paths: .tilde, directories: [["tree"]]),
        HostRule("pagure.io", paths: .groups(atLeast: 1), pages: ReservedWords.pagure),
        HostRule("src.fedoraproject.org", paths: .groups(atLeast: 2), pages: ReservedWords.pagure),
        HostRule("*.googlesource.com", paths: .gitiles),
        HostRule("dev.azure.com", paths: .azure),
        HostRule("ssh.dev.azure.com", "vs-ssh.visualstudio.com", alias: "dev.azure.com", paths: .azureSSH),
        HostRule("*.visualstudio.com", alias: "dev.azure.com", paths: .visualStudio),
        HostRule("git.launchpad.net", "code.launchpad.net", "launchpad.net", "bazaar.launchpad.net", paths: .launchpad),
        HostRule("sourceforge.net", "www.sourceforge.net", "sf.net", alias: "sourceforge.net", paths: .sourceForge),
        HostRule(
            "git.code.sf.net", "svn.code.sf.net", "hg.code.sf.net", paths: .fixed(segments: 3, first: ["p", "u"])),
        HostRule("bitbucket.*", paths: .bitbucketServer),
    ]

    static let servers: [HostRule] = [
        HostRule("git.kernel.org", paths: .server(anyPath: false), pages: ReservedWords.serverPages),
        HostRule(
            "cgit.*", "git.savannah.gnu.org", "git.savannah.nongnu.org", "hg.*", "hgweb.*",
            paths: .server(anyPath: true), pages: ReservedWords.serverPages),
        HostRule("git-codecommit.*", paths: .server(anyPath: true)),
        HostRule("svn.apache.org", paths: .subversion(root: "repos/asf")),
        HostRule("svn.*", "*.svn.sourceforge.net", paths: .subversion(root: "")),
    ]
}
