import Testing

/// Spellings of one repository, a line for its canonical address and one below for each.
///
/// The hosts' own pages say so: https://learn.microsoft.com/azure/devops/repos/git,
/// https://confluence.atlassian.com/bitbucketserver, https://savannah.nongnu.org/maintenance/UsingGit,
/// https://docs.aws.amazon.com/codecommit/latest/userguide/regions.html, https://sourceforge.net/p/forge/documentation.
enum SpellingTable {
    struct Group: Sendable, CustomTestStringConvertible {
        let canonical: String
        let spellings: [String]
        var testDescription: String { canonical }
    }

    static let groups: [Group] = text.split(separator: "\n\n").map { block in
        let lines = block.split(separator: "\n").map(String.init)
        return Group(canonical: lines[0], spellings: Array(lines.dropFirst()))
    }

    private static let text = azure + "\n\n" + servers + "\n\n" + forges + "\n\n" + hosts

    private static let azure = """
        https://dev.azure.com/org/proj/_git/repo
        https://dev.azure.com/Org/Proj/_git/Repo
        https://org@dev.azure.com/org/proj/_git/repo
        https://dev.azure.com/org/proj/_git/repo/pullrequest/7
        https://dev.azure.com/org/proj/_git/repo?path=/doc&version=GBmain
        https://dev.azure.com/org/proj/team/_git/repo
        https://dev.azure.com/org/proj/_git/_optimized/repo
        https://dev.azure.com/org/proj/_git/_full/repo
        git@ssh.dev.azure.com:v3/org/proj/repo
        git@ssh.dev.azure.com:v3/org/proj/_full/repo
        git@ssh.dev.azure.com:22/v3/org/proj/repo
        ssh://git@ssh.dev.azure.com/v3/org/proj/repo
        ssh://git@ssh.dev.azure.com:22/v3/org/proj/repo
        org@vs-ssh.visualstudio.com:v3/org/proj/repo
        ssh://org@vs-ssh.visualstudio.com:22/proj/_ssh/repo
        ssh://org:secret@vs-ssh.visualstudio.com:22/DefaultCollection/proj/_ssh/_optimized/repo
        ssh://org@org.visualstudio.com:22/DefaultCollection/proj/_ssh/repo
        https://org.visualstudio.com/proj/_git/repo
        https://Org.VisualStudio.com/DefaultCollection/proj/team/_git/repo

        https://dev.azure.com/org/std/_git/std
        https://dev.azure.com/org/_git/std
        https://dev.azure.com/org/_git/_full/std?path=/
        git@ssh.dev.azure.com:v3/org/std/std
        https://org.visualstudio.com/_git/std
        https://org.visualstudio.com/DefaultCollection/_git/std
        ssh://org@vs-ssh.visualstudio.com/_ssh/std

        https://tfs.example.org:8080/tfs/tools/proj/_git/repo
        https://tfs.example.org:8080/tfs/Tools/Proj/_git/Repo
        https://tfs.example.org:8080/tfs/Tools/Proj/Team/_git/_optimized/Repo
        tfs.example.org:8080/tfs/tools/proj/_git/repo/commit/1

        https://tfs.example.org/tfs/tools/repo/_git/repo
        https://tfs.example.org/tfs/tools/_git/repo
        ssh://tfs.example.org:22/tfs/tools/repo/_ssh/repo

        https://tfs.example.org/tools/proj/_git/repo
        https://tfs.example.org/Tools/Proj/_git/_full/Repo

        https://tfs.example.org/tools/repo/_git/repo
        https://tfs.example.org/tools/_git/repo
        """

    private static let servers = """
        https://bitbucket.example.org/scm/key/anvil
        https://bitbucket.example.org/projects/KEY/repos/anvil
        https://bitbucket.example.org/projects/KEY/repos/Anvil/browse/doc?at=main
        https://bitbucket.example.org/scm/key/anvil.git
        https://ann@bitbucket.example.org/scm/KEY/anvil.git
        ssh://git@bitbucket.example.org:7999/key/anvil.git
        git@bitbucket.example.org:7999/key/anvil.git
        git@bitbucket.example.org:key/anvil.git

        https://stash.example.org/scm/~ann/anvil
        https://stash.example.org/users/Ann/repos/anvil/browse
        https://stash.example.org/projects/~ANN/repos/anvil
        https://stash.example.org/scm/~ann/anvil.git
        ssh://git@stash.example.org:7999/~ann/anvil.git

        https://code.example.org/scm/key/anvil.git
        https://code.example.org/projects/KEY/repos/anvil/commits
        https://code.example.org/scm/KEY/anvil.git
        ssh://git@code.example.org:7999/key/anvil.git

        https://code.example.org/bitbucket/scm/key/anvil.git
        https://code.example.org/bitbucket/projects/KEY/repos/anvil
        https://code.example.org/bitbucket/scm/key/anvil.git
        """

    private static let forges = """
        https://github.example.org/ann/anvil
        https://github.example.org/Ann/Anvil
        https://github.example.org/ann/anvil.git
        https://github.example.org/ann/anvil/tree/main/doc
        git@github.example.org:ann/anvil.git
        ssh://git@github.example.org:2222/ann/anvil.git

        https://octo.ghe.com/ann/anvil
        git@octo.ghe.com:ann/anvil.git

        https://gitea.example.org/ann/anvil
        https://gitea.example.org/ann/anvil.git
        https://gitea.example.org/Ann/anvil/src/branch/main/doc
        ssh://git@gitea.example.org:2222/ann/anvil.git

        https://gitea.example.org:3000/ann/anvil
        https://gitea.example.org:3000/ann/anvil.git
        git+https://gitea.example.org:3000/ann/anvil.git
        scm:git:https://gitea.example.org:3000/ann/anvil

        https://git.example.org/ann/anvil.git
        https://git.example.org/ann/anvil/src/branch/main/doc
        https://git.example.org/ann/anvil/-/tree/main/doc
        https://ann:pw@GIT.example.org./ann/anvil.git
        https://git.example.org/%61nn/anvil.git
        ssh://git@git.example.org:2222/ann/anvil

        https://[2001:db8::1]/ann/anvil.git
        https://[2001:DB8::1]:443/ann/anvil.git
        git@[2001:db8::1]:ann/anvil.git
        ssh://git@[2001:db8::1]:2222/ann/anvil.git

        https://github.com/owner/one
        git@ssh.github.com:443/owner/one.git
        git@github.com:22/Owner/one
        """

    private static let hosts = """
        https://git.savannah.gnu.org/cgit/anvil.git
        https://git.savannah.gnu.org/git/anvil.git
        http://git.savannah.gnu.org/r/anvil.git
        https://git.savannah.nongnu.org/cgit/anvil.git/tree/src
        https://git.savannah.nongnu.org/git/anvil
        https://git.savannah.gnu.org/gitweb/?p=anvil.git;a=summary
        git://git.savannah.gnu.org/anvil.git
        git://git.sv.gnu.org/anvil
        git://git.sv.nongnu.org/anvil.git
        ssh://ann@git.savannah.gnu.org/srv/git/anvil.git
        ann@git.sv.gnu.org:/srv/git/anvil.git
        https://https.git.savannah.gnu.org/git/anvil.git
        https://cgit.git.savannah.gnu.org/cgit/anvil.git/plain/README

        https://git.savannah.gnu.org/cgit/emacs/elpa.git
        https://git.savannah.gnu.org/git/emacs/elpa.git
        git://git.sv.gnu.org/emacs/elpa.git

        https://repo.or.cz/anvil.git
        git://repo.or.cz/anvil.git
        https://repo.or.cz/r/anvil.git
        https://repo.or.cz/w/anvil.git
        http://repo.or.cz/w/anvil.git/tree/HEAD:/doc
        https://repo.or.cz/w?p=anvil.git;a=summary
        ssh://repo.or.cz/srv/git/anvil.git
        mob@repo.or.cz:/srv/git/anvil.git
        repo.or.cz:/srv/git/anvil.git

        https://repo.or.cz/git/anvil.git
        https://repo.or.cz/w/git/anvil.git
        git://repo.or.cz/git/anvil.git

        https://git.code.sf.net/p/anvil/code
        https://sourceforge.net/p/anvil/code
        https://sourceforge.net/p/anvil/code/ci/master/tree/
        http://www.sourceforge.net/p/anvil/code/HEAD/tree/trunk
        git://git.code.sf.net/p/anvil/code
        ssh://ann@git.code.sf.net/p/anvil/code
        ann@git.code.sf.net:p/anvil/code
        svn://svn.code.sf.net/p/anvil/code/trunk
        http://hg.code.sf.net/p/anvil/code

        https://anvil.git.sourceforge.net/gitroot/anvil/tool.git
        git://anvil.git.sourceforge.net/gitroot/anvil/tool
        http://anvil.git.sourceforge.net/git/gitweb.cgi?p=anvil/tool;a=summary

        https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/Anvil
        ssh://git-codecommit.eu-west-1.amazonaws.com/v1/repos/Anvil
        ssh://APKA@git-codecommit.eu-west-1.amazonaws.com/v1/repos/Anvil
        https://git-codecommit-fips.eu-west-1.amazonaws.com/v1/repos/Anvil
        codecommit::eu-west-1://Anvil
        codecommit::eu-west-1://profile@Anvil
        https://eu-west-1.console.aws.amazon.com/codesuite/codecommit/repositories/Anvil/browse?region=eu-west-1
        https://console.aws.amazon.com/codesuite/codecommit/repositories/Anvil/browse?region=eu-west-1

        https://git.kernel.org/pub/scm/utils/anvil.git
        https://git.kernel.org/cgit/utils/anvil.git/commit/?id=1
        git@gitolite.kernel.org:/pub/scm/utils/anvil.git

        https://git.eclipse.org/c/anvil/anvil.git
        https://git.eclipse.org/c/anvil/anvil.git/tree/doc
        git://git.eclipse.org/gitroot/anvil/anvil.git
        https://git.eclipse.org/r/anvil/anvil.git
        """

    /// Addresses of different repositories, or of one and of none.
    static let apart: [(String, String)] = [
        ("https://dev.azure.com/org/proj/_git/_optimized/one", "https://dev.azure.com/org/proj/_git/_optimized/two"),
        ("https://dev.azure.com/org/proj/_git/_full/one", "https://dev.azure.com/org/proj/_git/_full/two"),
        ("https://dev.azure.com/org/one/_git/x", "https://dev.azure.com/org/two/_git/x"),
        ("git@ssh.dev.azure.com:v3/org/proj/one/x", "git@ssh.dev.azure.com:v3/org/proj/two/x"),
        ("https://tfs.example.org/a/b/one/_git/x", "https://tfs.example.org/a/b/two/_git/x"),
        ("git@github.com:443/owner/one.git", "git@github.com:443/owner/two.git"),
        ("git@bitbucket.org:7999/own/one.git", "git@bitbucket.org:7999/own/two.git"),
        ("git@gitlab.com:443/owner/one.git", "git@gitlab.com:443/owner/two.git"),
        ("git@code.example.org:443/owner/one.git", "git@code.example.org:443/owner/two.git"),
        ("git@github.com:a/b/one.git", "git@github.com:a/b/two.git"),
        ("git@bitbucket.example.org:a/b/one.git", "git@bitbucket.example.org:a/b/two.git"),
        ("https://github.com/a/b/one.git", "https://github.com/a/b/two.git"),
        ("git@github.com:a/b/one", "git@github.com:a/b/two"),
        ("https://gitlab.com/g/s/issues.git", "https://gitlab.com/g/s/wiki.git"),
        ("https://gitlab.com/g/s/releases/one.git", "https://gitlab.com/g/s/releases/two.git"),
        ("git@gitlab.com:g/s/issues", "git@gitlab.com:g/s/forks"),
        ("https://code.example.org/a.git/one.git", "https://code.example.org/a.git/two.git"),
        ("https://code.example.org/one.cgi/x.git", "https://code.example.org/two.cgi/x.git"),
        ("git+https://code.example.org:8443/x.git", "git+https://code.example.org:9443/x.git"),
        ("https://git.launchpad.net/ubuntu/+source/one", "https://git.launchpad.net/ubuntu/+source/two"),
        ("lp:~ann/ubuntu/noble/one/branch", "lp:~ann/ubuntu/noble/two/branch"),
        ("https://svn.apache.org/one/two/anvil", "https://svn.apache.org/two/one/anvil"),
        ("https://repo.or.cz/git/anvil.git", "https://repo.or.cz/anvil.git"),
        ("https://git.sr.ht/~ann/a/one.git", "https://git.sr.ht/~ann/a/two.git"),
    ]
}
