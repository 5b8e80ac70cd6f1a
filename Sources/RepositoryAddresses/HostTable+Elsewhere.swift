extension HostTable {
    private static let ownerAndName = [
        Stand("{owner}/{name}", "https://github.com/{owner}/{name}"),
        Stand("{owner}/{name}/{rest}", "https://github.com/{owner}/{name}"),
    ]

    /// Hosts that hold no repositories, and what their addresses stand for when one infers.
    static let elsewhere: [HostRule] = [
        HostRule(
            "gist.github.com", "gist.githubusercontent.com", "gist.*", "*.gist.github.com", paths: .elsewhere(.gist)),
        HostRule("raw.githubusercontent.com", "raw.github.com", paths: .elsewhere(.rawFile, .rawFile, ownerAndName)),
        HostRule("codeload.github.com", paths: .elsewhere(.archive, .archive, ownerAndName)),
        HostRule(
            "api.github.com",
            paths: .elsewhere(
                .archive, .archive,
                [
                    Stand("repos/{owner}/{name}", "https://github.com/{owner}/{name}"),
                    Stand("repos/{owner}/{name}/{rest}", "https://github.com/{owner}/{name}"),
                ])),
        HostRule(
            "github.io", "github.blog", "github.dev", "github.community",
            "github.global.ssl.fastly.net", "github.githubassets.com", paths: .elsewhere(.hostPage)),
        HostRule("docs.github.com", "help.github.com", "pages.github.com", paths: .elsewhere(.documentation)),
        HostRule("*.github.com", paths: .elsewhere(.pages, .pages, pages("github.com", "github.com"))),
        HostRule("*.github.io", paths: .elsewhere(.pages, .pages, pages("github.com", "github.io"))),
        HostRule("*.gitlab.io", paths: .elsewhere(.pages, .pages, pages("gitlab.com", "gitlab.io"))),
        HostRule("*.bitbucket.io", paths: .elsewhere(.pages, .pages, pages("bitbucket.org", "bitbucket.io"))),
        HostRule("*.bitbucket.org", paths: .elsewhere(.pages, .pages, pages("bitbucket.org", "bitbucket.org"))),
        HostRule("*.codeberg.page", paths: .elsewhere(.pages, .pages, pages("codeberg.org", "codeberg.page"))),
        HostRule("*.gitee.io", "*.sourceforge.io", "*.sourceforge.net", "*.github.dev", paths: .elsewhere(.pages)),
        HostRule(
            "travis-ci.org", "travis-ci.com", "app.travis-ci.com", "api.travis-ci.org", "api.travis-ci.com",
            "www.travis-ci.org", "www.travis-ci.com", paths: .elsewhere(.badge, .badge, ownerAndName)),
        HostRule(
            "img.shields.io", "shields.io",
            paths: .elsewhere(
                .badge, .badge,
                [
                    Stand("github/{kind}/{owner}/{name}", "https://github.com/{owner}/{name}"),
                    Stand("github/v/{kind}/{owner}/{name}", "https://github.com/{owner}/{name}"),
                    Stand("travis/{owner}/{name}", "https://github.com/{owner}/{name}"),
                ])),
        HostRule(
            "goreportcard.com",
            paths: .elsewhere(
                .badge, .badge, [Stand("report/{rest}", "https://{rest}"), Stand("badge/{rest}", "https://{rest}")])),
        HostRule(
            "badge.fury.io", "circleci.com", "codecov.io", "coveralls.io", "ci.appveyor.com", "snyk.io", "david-dm.org",
            "app.codacy.com", "codeclimate.com", "secure.travis-ci.org", "sonarcloud.io", paths: .elsewhere(.badge)),
        HostRule(
            "pkg.go.dev", "godoc.org", "www.godoc.org", "godocs.io",
            paths: .elsewhere(.documentation, .documentation, [Stand("{rest}", "https://{rest}")])),
        HostRule(
            "*.readthedocs.io", "*.readthedocs.org", "readthedocs.org", "*.rtfd.io", "*.rtfd.org", "docs.rs",
            "rubydoc.info", "www.rubydoc.info", "*.gitbook.io", "hexdocs.pm", "javadoc.io", "www.javadoc.io",
            "pythonhosted.org", "*.pythonhosted.org", "metacpan.org", "docs.*", paths: .elsewhere(.documentation)),
        HostRule(
            "npmjs.com", "www.npmjs.com", "npmjs.org", "www.npmjs.org", "registry.npmjs.org", "pypi.org",
            "pypi.python.org", "test.pypi.org", "crates.io", "rubygems.org", "packagist.org", "nuget.org",
            "www.nuget.org", "hackage.haskell.org", "cran.r-project.org", "search.maven.org", "mvnrepository.com",
            "central.sonatype.com", "repo1.maven.org", "pub.dev", "hex.pm", "clojars.org", "anaconda.org",
            "cocoapods.org", "chocolatey.org", "community.chocolatey.org", paths: .elsewhere(.registryPage)),
        HostRule(
            "gopkg.in",
            paths: .elsewhere(
                .vanity, .vanity,
                [
                    Stand("{name}", "https://github.com/go-{name-version}/{name-version}"),
                    Stand("{owner}/{name}", "https://github.com/{owner}/{name-version}"),
                ])),
        HostRule(
            "golang.org",
            paths: .elsewhere(
                .vanity, .vanity,
                [
                    Stand("x/{name}", "https://go.googlesource.com/{name}"),
                    Stand("x/{name}/{rest}", "https://go.googlesource.com/{name}"),
                ])),
        HostRule("k8s.io", paths: .elsewhere(.vanity, .vanity, vanity("kubernetes"))),
        HostRule("sigs.k8s.io", paths: .elsewhere(.vanity, .vanity, vanity("kubernetes-sigs"))),
        HostRule("go.uber.org", paths: .elsewhere(.vanity, .vanity, vanity("uber-go"))),
        HostRule("go.etcd.io", paths: .elsewhere(.vanity, .vanity, vanity("etcd-io"))),
        HostRule(
            "code.google.com", "*.googlecode.com", "*.codeplex.com", "drupal.org", paths: .elsewhere(.projectPage)),
        HostRule("lists.sr.ht", "todo.sr.ht", "man.sr.ht", "builds.sr.ht", "paste.sr.ht", paths: .elsewhere(.hostPage)),
        HostRule("sr.ht", paths: .elsewhere(.projectPage)),
    ]

    private static func pages(_ forge: String, _ suffix: String) -> [Stand] {
        [
            Stand("{name}", "https://\(forge)/{sub}/{name}"),
            Stand("{name}/{rest}", "https://\(forge)/{sub}/{name}"),
            Stand("", "https://\(forge)/{sub}/{sub}.\(suffix)"),
        ]
    }

    private static func vanity(_ owner: String) -> [Stand] {
        [
            Stand("{name}", "https://github.com/\(owner)/{name}"),
            Stand("{name}/{rest}", "https://github.com/\(owner)/{name}"),
        ]
    }
}
