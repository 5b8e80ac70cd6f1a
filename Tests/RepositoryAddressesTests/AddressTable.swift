import Foundation
import Testing

/// Addresses in the forms that registries hold, and what each names: nil for no repository.
///
/// A line is `address => https://host/path` or `address => reason`.
enum AddressTable {
    static let repositories = rows(
        #"""
        https://github.com/ann/anvil => https://github.com/ann/anvil
        http://github.com/ann/anvil => https://github.com/ann/anvil
        HTTPS://GitHub.COM/Ann/Anvil => https://github.com/ann/anvil
        https://github.com/ann/anvil/ => https://github.com/ann/anvil
        https://github.com//ann//anvil// => https://github.com/ann/anvil
        https://github.com/ann/anvil.git => https://github.com/ann/anvil
        https://github.com/ann/anvil.git/ => https://github.com/ann/anvil
        https://github.com/ann/anvil.git.git => https://github.com/ann/anvil
        https://github.com/ann/anvil.GIT => https://github.com/ann/anvil
        https://github.com./ann/anvil => https://github.com/ann/anvil
        https://github.com:443/ann/anvil => https://github.com/ann/anvil
        https://www.github.com/ann/anvil => https://github.com/ann/anvil
        https://ann:pw@github.com/ann/anvil => https://github.com/ann/anvil
        https://github.com/ann/anvil#readme => https://github.com/ann/anvil
        https://github.com/ann/anvil?tab=readme => https://github.com/ann/anvil
        https://github.com/ann/anvil/issues => https://github.com/ann/anvil
        https://github.com/ann/anvil/issues/12#c3 => https://github.com/ann/anvil
        https://github.com/ann/anvil/pull/7/files => https://github.com/ann/anvil
        https://github.com/ann/anvil/wiki => https://github.com/ann/anvil
        https://github.com/ann/anvil/releases/tag/v1 => https://github.com/ann/anvil
        https://github.com/ann/anvil/actions => https://github.com/ann/anvil
        https://github.com/ann/anvil/tree/main/packages/core => https://github.com/ann/anvil
        https://github.com/ann/anvil/blob/main/README.md => https://github.com/ann/anvil
        https://github.com/ann/anvil.git/tree/main => https://github.com/ann/anvil
        https://github.com/ann/blob => https://github.com/ann/blob
        https://github.com/ann/tree/tree/main => https://github.com/ann/tree
        https://github.com/ann/.github => https://github.com/ann/.github
        https://github.com/ann/.github.git => https://github.com/ann/.github
        https://github.com/ann/dot.name.js => https://github.com/ann/dot.name.js
        https://github.com/ann-/anvil_2 => https://github.com/ann-/anvil_2
        https://github.com/orgly/anvil => https://github.com/orgly/anvil
        https://github.com/ann/an%76il => https://github.com/ann/anvil
        https://github.com/ann/anvil, a tool => https://github.com/ann/anvil
        https://github.com/ann/anvil. => https://github.com/ann/anvil
        (https://github.com/ann/anvil) => https://github.com/ann/anvil
        <https://github.com/ann/anvil> => https://github.com/ann/anvil
        "https://github.com/ann/anvil" => https://github.com/ann/anvil
        ["https://github.com/ann/anvil"] => https://github.com/ann/anvil
        'https://github.com/ann/anvil' => https://github.com/ann/anvil
        `https://github.com/ann/anvil` => https://github.com/ann/anvil
        https:\\github.com\ann\anvil => https://github.com/ann/anvil
        https:/github.com/ann/anvil => https://github.com/ann/anvil
        https:///github.com/ann/anvil => https://github.com/ann/anvil
        https:github.com/ann/anvil => https://github.com/ann/anvil
        https//github.com/ann/anvil => https://github.com/ann/anvil
        https://https://github.com/ann/anvil => https://github.com/ann/anvil
        http://https://github.com/ann/anvil => https://github.com/ann/anvil
        //github.com/ann/anvil => https://github.com/ann/anvil
        github.com/ann/anvil => https://github.com/ann/anvil
        www.github.com/ann/anvil.git => https://github.com/ann/anvil
        github.com:ann/anvil => https://github.com/ann/anvil
        git://github.com/ann/anvil.git => https://github.com/ann/anvil
        git+https://github.com/ann/anvil.git => https://github.com/ann/anvil
        git+http://github.com/ann/anvil => https://github.com/ann/anvil
        git+ssh://git@github.com/ann/anvil.git => https://github.com/ann/anvil
        ssh://git@github.com/ann/anvil => https://github.com/ann/anvil
        ssh://git@github.com:22/ann/anvil.git => https://github.com/ann/anvil
        ssh://git@ssh.github.com:443/ann/anvil.git => https://github.com/ann/anvil
        ssh://git@github.com:ann/anvil.git => https://github.com/ann/anvil
        git@github.com:ann/anvil.git => https://github.com/ann/anvil
        git@github.com:/ann/anvil => https://github.com/ann/anvil
        git@github.com:7up/anvil.git => https://github.com/7up/anvil
        git@github.com:007/anvil.git => https://github.com/007/anvil
        git@github.com/ann/anvil.git => https://github.com/ann/anvil
        git:github.com/ann/anvil => https://github.com/ann/anvil
        git:https://github.com/ann/anvil => https://github.com/ann/anvil
        scm:git:git://github.com/ann/anvil.git => https://github.com/ann/anvil
        scm:git@github.com:ann/anvil.git => https://github.com/ann/anvil
        scm:git:git@github.com:ann/anvil.git => https://github.com/ann/anvil
        scm:git:ssh://git@github.com/ann/anvil.git => https://github.com/ann/anvil
        scm:git|ssh://git@github.com/ann/anvil.git => https://github.com/ann/anvil
        scm:git:scm:git:git://github.com/ann/anvil => https://github.com/ann/anvil
        SCM:GIT:https://github.com/ann/anvil => https://github.com/ann/anvil
        scm:svn:https://github.com/ann/anvil/trunk => https://github.com/ann/anvil
        scm:git:[fetch=]https://github.com/ann/anvil.git[push=]git@github.com:bob/anvil.git => https://github.com/ann/anvil
        git+https://github.com/ann/anvil@v1.2#egg=anvil => https://github.com/ann/anvil
        git+https://github.com/ann/anvil.git@v1.2#egg=anvil => https://github.com/ann/anvil
        https://github.com/ann/anvil.git -b main => https://github.com/ann/anvil
        https://github.com/ann/anvil.git [debian] -b main => https://github.com/ann/anvil
        ann/anvil => https://github.com/ann/anvil
        ann/anvil.git => https://github.com/ann/anvil
        ann/anvil#next => https://github.com/ann/anvil
        Ann/Anvil => https://github.com/ann/anvil
        github:ann/anvil => https://github.com/ann/anvil
        github:ann/anvil#semver:^1 => https://github.com/ann/anvil
        github:ann:pw@ann/anvil => https://github.com/ann/anvil
        gitlab:ann/anvil => https://gitlab.com/ann/anvil
        gitlab:group/sub/anvil => https://gitlab.com/group/sub/anvil
        bitbucket:ann/anvil.git => https://bitbucket.org/ann/anvil
        codeberg:ann/anvil => https://codeberg.org/ann/anvil
        gitee:ann/anvil => https://gitee.com/ann/anvil
        sourcehut:~ann/anvil => https://git.sr.ht/~ann/anvil
        https://gitlab.com/ann/anvil => https://gitlab.com/ann/anvil
        https://GitLab.com/Ann/Anvil/ => https://gitlab.com/ann/anvil
        https://gitlab.com/g/s1/s2/anvil.git => https://gitlab.com/g/s1/s2/anvil
        https://gitlab.com/g/s1/anvil/-/tree/main/doc => https://gitlab.com/g/s1/anvil
        https://gitlab.com/g/anvil/-/merge_requests/4 => https://gitlab.com/g/anvil
        https://gitlab.com/g/anvil/tree/main => https://gitlab.com/g/anvil
        https://gitlab.com/g/anvil/issues => https://gitlab.com/g/anvil
        https://gitlab.com/g/issues => https://gitlab.com/g/issues
        git@gitlab.com:g/s/anvil.git => https://gitlab.com/g/s/anvil
        ssh://git@altssh.gitlab.com:443/g/anvil.git => https://gitlab.com/g/anvil
        https://gitlab.example.org/g/s/anvil => https://gitlab.example.org/g/s/anvil
        git@gitlab.example.org:g/anvil.git => https://gitlab.example.org/g/anvil
        https://gitlab.gnome.org/GNOME/glib/-/blob/main/README.md => https://gitlab.gnome.org/gnome/glib
        https://salsa.debian.org/team/anvil.git -b debian/main [sub/dir] => https://salsa.debian.org/team/anvil
        https://framagit.org/g/anvil => https://framagit.org/g/anvil
        https://invent.kde.org/g/anvil/-/issues => https://invent.kde.org/g/anvil
        https://bitbucket.org/ann/anvil/src/main/ => https://bitbucket.org/ann/anvil
        https://bitbucket.org/Ann/Anvil/overview => https://bitbucket.org/ann/anvil
        https://ann@bitbucket.org/ann/anvil.git => https://bitbucket.org/ann/anvil
        https://bitbucket.com/ann/anvil => https://bitbucket.org/ann/anvil
        git@bitbucket.org:ann/anvil.git => https://bitbucket.org/ann/anvil
        hg+https://bitbucket.org/ann/anvil => https://bitbucket.org/ann/anvil
        https://bitbucket.example.org/projects/TOOL/repos/anvil/browse => https://bitbucket.example.org/scm/tool/anvil
        https://bitbucket.example.org/scm/tool/anvil.git => https://bitbucket.example.org/scm/tool/anvil
        https://codeberg.org/ann/anvil/src/branch/main/doc => https://codeberg.org/ann/anvil
        https://codeberg.org/Ann/Anvil => https://codeberg.org/ann/anvil
        https://gitea.example.org/ann/anvil/issues => https://gitea.example.org/ann/anvil
        https://notabug.org/ann/anvil => https://notabug.org/ann/anvil
        https://gitee.com/Ann/Anvil/blob/master/x => https://gitee.com/Ann/Anvil
        https://git.sr.ht/~ann/anvil/tree => https://git.sr.ht/~ann/anvil
        https://git.sr.ht/~ann/Anvil => https://git.sr.ht/~ann/Anvil
        https://hg.sr.ht/~ann/anvil => https://hg.sr.ht/~ann/anvil
        git@git.sr.ht:~ann/anvil => https://git.sr.ht/~ann/anvil
        https://pagure.io/anvil.git => https://pagure.io/anvil
        https://pagure.io/group/anvil/issues => https://pagure.io/group/anvil
        https://android.googlesource.com/platform/art/+/refs/heads/main/dex => https://android.googlesource.com/platform/art
        https://chromium.googlesource.com/v8/v8.git => https://chromium.googlesource.com/v8/v8
        https://go.googlesource.com/text => https://go.googlesource.com/text
        https://dev.azure.com/Org/Project/_git/Anvil?path=/x => https://dev.azure.com/org/project/_git/anvil
        git@ssh.dev.azure.com:v3/Org/Project/Anvil => https://dev.azure.com/org/project/_git/anvil
        https://org.visualstudio.com/Project/_git/Anvil => https://dev.azure.com/org/project/_git/anvil
        https://org.visualstudio.com/DefaultCollection/Project/_git/Anvil => https://dev.azure.com/org/project/_git/anvil
        https://git.launchpad.net/~ann/tool/+git/anvil => https://git.launchpad.net/~ann/tool/+git/anvil
        https://code.launchpad.net/~ann/tool/+git/anvil => https://git.launchpad.net/~ann/tool/+git/anvil
        lp:~ann/tool/+git/anvil => https://git.launchpad.net/~ann/tool/+git/anvil
        https://git.launchpad.net/anvil/tree/doc => https://git.launchpad.net/anvil
        https://sourceforge.net/p/anvil/code/ci/master/tree/ => https://git.code.sf.net/p/anvil/code
        git://git.code.sf.net/p/anvil/code => https://git.code.sf.net/p/anvil/code
        https://svn.code.sf.net/p/anvil/code/trunk => https://git.code.sf.net/p/anvil/code
        https://svn.apache.org/repos/asf/anvil/trunk/core => https://svn.apache.org/repos/asf/anvil
        scm:svn:http://svn.apache.org/viewvc/anvil/tags/1.0 => https://svn.apache.org/repos/asf/anvil
        https://gitbox.apache.org/repos/asf/anvil.git => https://gitbox.apache.org/repos/asf/anvil.git
        https://gitbox.apache.org/repos/asf?p=anvil.git;a=summary => https://gitbox.apache.org/repos/asf/anvil.git
        https://git-wip-us.apache.org/repos/asf/Anvil.git => https://git-wip-us.apache.org/repos/asf/Anvil.git
        https://git.kernel.org/pub/scm/utils/anvil.git/tree/doc?h=v1 => https://git.kernel.org/pub/scm/utils/anvil.git
        https://git.kernel.org/pub/scm/utils/Anvil.git => https://git.kernel.org/pub/scm/utils/Anvil.git
        https://cgit.example.org/tools/anvil/log/ => https://cgit.example.org/tools/anvil
        https://example.org/cgit/anvil/commit/?id=1 => https://example.org/cgit/anvil
        https://git.savannah.gnu.org/cgit/anvil.git/tree => https://git.savannah.gnu.org/cgit/anvil.git
        https://example.org/gitweb/?p=tools/anvil.git;a=blob => https://example.org/tools/anvil.git
        https://example.org/gitweb.cgi?p=tools%2Fanvil.git => https://example.org/tools/anvil.git
        https://git.eclipse.org:8443/?p=a/b.git => https://git.eclipse.org:8443/c/a/b.git
        https://code.example.org/ann/anvil.git => https://code.example.org/ann/anvil.git
        https://code.example.org:8443/ann/anvil.git => https://code.example.org:8443/ann/anvil.git
        ssh://git@code.example.org:2222/ann/anvil => https://code.example.org/ann/anvil.git
        git@code.example.org:ann/anvil => https://code.example.org/ann/anvil.git
        git://code.example.org/anvil => https://code.example.org/anvil.git
        git+https://code.example.org/ann/anvil => https://code.example.org/ann/anvil.git
        scm:git:https://code.example.org/anvil => https://code.example.org/anvil.git
        https://code.example.org/Ann/Anvil.git/blob/x => https://code.example.org/Ann/Anvil.git
        code.example.org/ann/anvil.git => https://code.example.org/ann/anvil.git
        https://notgithub.com/ann/anvil.git => https://notgithub.com/ann/anvil.git
        https://github.com.example.org/ann/anvil.git => https://github.com.example.org/ann/anvil
        """#)

    static let none = rows(
        """
        https://gist.github.com/ann/0a1b2c => a gist or snippet
        gist:0a1b2c => a gist or snippet
        gist:ann/0a1b2c => a gist or snippet
        git@gist.github.com:0a1b2c.git => a gist or snippet
        https://github.com/ann => names an owner, not a repository
        https://github.com/ann?tab=repositories => names an owner, not a repository
        https://github.com/ => names a host, not a repository
        https://github.com => names a host, not a repository
        git@github.com: => names a host, not a repository
        https://github.com/sponsors/ann => a page of the host itself
        https://github.com/orgs/tools/repositories => a page of the host itself
        https://github.com/marketplace/actions/anvil => a page of the host itself
        https://github.com/apps/dependabot => a page of the host itself
        https://github.com/topics/swift => a page of the host itself
        https://github.com/Settings/profile => a page of the host itself
        https://github.com/ann/${project.artifactId} => stands for no address
        ${scm.url} => stands for no address
        scm:git:${scm.url} => stands for no address
        UNKNOWN => stands for no address
        none => stands for no address
        N/A => stands for no address
        null => stands for no address
        [""] => stands for no address
        - => stands for no address
        TODO => stands for no address
        https://raw.githubusercontent.com/ann/anvil/main/x => a raw file
        https://codeload.github.com/ann/anvil/zip/v1 => an archive or an interface of the host
        https://api.github.com/repos/ann/anvil => an archive or an interface of the host
        https://ann.github.io/anvil => a site published from a repository
        https://ann.gitlab.io => a site published from a repository
        https://anvil.readthedocs.io/en/latest => a documentation site
        https://pkg.go.dev/github.com/ann/anvil => a documentation site
        https://docs.rs/anvil => a documentation site
        https://www.npmjs.com/package/anvil => a page of a package registry
        https://pypi.org/project/anvil => a page of a package registry
        https://travis-ci.org/ann/anvil => a badge or a page of a build service
        https://img.shields.io/github/license/ann/anvil => a badge or a page of a build service
        https://gopkg.in/yaml.v3 => an import path that stands for a repository
        https://golang.org/x/text => an import path that stands for a repository
        https://notgithub.com/ann/anvil => a host not known to hold repositories
        https://example.org => names a host, not a repository
        https://example.org/anvil => a host not known to hold repositories
        https://sourceforge.net/projects/anvil => a page of a project, not of its repository
        https://code.google.com/p/anvil => a page of a project, not of its repository
        https://launchpad.net/anvil => a page of a project, not of its repository
        https://dev.azure.com/Org/Project => a page of a project, not of its repository
        https://gitlab.com/tools => names an owner, not a repository
        https://gitlab.com/tools/-/settings => names an owner, not a repository
        https://gitlab.com/users/ann/projects => a page of the host itself
        https://gitlab.com/-/snippets/12 => a page of the host itself
        https://codeberg.org/explore/repos => a page of the host itself
        https://bitbucket.org/account/signin => a page of the host itself
        https://git.sr.ht/~ann => names an owner, not a repository
        file:///home/ann/anvil.git => a path on a disk
        /home/ann/anvil.git => a path on a disk
        ../anvil => a path on a disk
        ./anvil => a path on a disk
        ~/anvil => a path on a disk
        anvil => not an address
        @tools/anvil => not an address
        ann/anvil/ => not an address
        ann/anvil/sub => not an address
        a tool for anvils => not an address
        mailto:ann@example.org => names a host, not a repository
        https://localhost/ann/anvil => not an address
        https://example.org/?p=123 => a host not known to hold repositories
        https://github.io/ann/anvil => a page of the host itself
        https://github.blog/2020-01-01/anvil => a page of the host itself
        https://dev.azure.com/Org/Project/_git => a page of a project, not of its repository
        https://dev.azure.com/Org/Project/_git/_full => a page of a project, not of its repository
        https://sourceforge.net/p/anvil/wiki/Home => a page of a project, not of its repository
        codecommit://anvil => not an address
        https://[2001:db8::1 => malformed address
        git@github.com:ann/anvil/other.git => malformed address
        https://github.com/ann/anvil/other.git => malformed address
        https://github.com/../ann/anvil => malformed address
        https://github.com/ann/anvil^2 => malformed address
        https://gith\u{202E}ub.com/ann/anvil => malformed address
        """)

    struct Row: Sendable, CustomTestStringConvertible {
        let address: String
        let meaning: String
        var testDescription: String { address }
    }

    private static func rows(_ text: String) -> [Row] {
        text.split(separator: "\n").map { line in
            let parts = line.components(separatedBy: " => ")
            return Row(address: parts[0], meaning: parts[1])
        }
    }
}
