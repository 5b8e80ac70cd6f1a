/// First segments that are pages of the host, never owners.
enum ReservedWords {
    /// Routes and withheld names of github.com, as the community has collected them since 2013.
    static let gitHub: Set<String> = words(
        """
        about access account admin anonymous any api apps attributes auth billing blob blog bounty branches business
        businesses c cache case-studies categories central certification changelog cla cloud codereview codesearch
        codespaces collection collections comments commit commits community companies compare contact contributing
        cookbook copilot coupons customer customer-stories customers dashboard dashboards design develop developer diff
        discover discussions docs downloads downtime editor editors edu enterprise enterprises events explore featured
        features files fixtures forked garage ghost gist gists github-copilot graphs guide guides help help-wanted home
        hooks hosting hovercards identity images inbox individual info integration integrations interfaces introduction
        investors issues jobs join journal journals lab labs languages launch layouts learn legal library linux listings
        lists login logos logout mac maintenance malware man marketplace mention mentioned mentioning mentions migrating
        milestones mine mirrors mobile models navigation network new news none nonprofit nonprofits notices
        notifications oauth offer open-source organisations organizations orgs pages partners password_reset payments
        personal plans plugins popular popularity posts premium-support press pricing professional projects pulls raw
        readme recommendations redeem releases render reply repos repositories resources restore revert
        save-net-neutrality saved scraping search security security-advisories services sessions settings shareholders
        shop showcases signin signup site solutions spam sponsors ssh staff starred stars static status statuses storage
        store stories styleguide subscriptions suggest suggestion suggestions support suspended talks teach teacher
        teachers teaching team teams ten terms timeline topic topics tos tour train training translations tree trending
        updates user username users visualization w watching why-github wiki windows works-with
        www0 www1 www2 www3 www4 www5 www6 www7 www8 www9
        """
    ).union((400...431).map(String.init)).union((500...511).map(String.init))

    /// https://docs.gitlab.com/user/reserved_names
    static let gitLab: Set<String> = words(
        """
        - .well-known abuse_reports admin api assets autocomplete ci dashboard explore files groups health_check help
        import import_url invites jwt login notification_settings oauth profile projects public robots.txt s search
        sent_notifications snippets u unicorn_test unsubscribes uploads users v2
        """)

    /// Words that GitLab lets no project be called, and those that lead to a project's pages in addresses before `/-/`.
    static let gitLabPages: Set<String> = words(
        """
        tree blob raw commit commits blame builds create create_dir edit files find_file new preview refs update wikis
        badges issues merge_requests tags releases branches compare archive pipelines jobs wiki network graphs snippets
        milestones activity forks boards
        """)

    /// Those that no group and no project may be called
    /// (https://docs.gitlab.com/user/reserved_names), with the old pages that show a path of the tree.
    static let gitLabPagesOnly: Set<String> = words(
        """
        archive badges blame blob builds commit commits compare create create_dir edit files find_file new preview raw
        refs tree update wikis
        """)

    /// What stands behind a repository's own path on a forge: first words of its pages.
    static let forgePages: Set<String> = gitLabPages.union(
        words(
            """
            - actions addon annotate branch browse ci commits contributors discussions downloads graph head history hg
            labels log media overview packages pipelines projects pull pull-requests pullrequest pullrequests pulls
            pulse pushes security settings src stargazers stats summary tag trunk watchers zipball tarball
            """))

    /// https://forgejo.org and https://gitea.com keep these for themselves (`models/user`).
    static let gitea: Set<String> = words(
        """
        - .well-known admin api assets attachments avatar avatars captcha commits debug devtest error explore favicon.ico
        ghost help install issues login manifest.json metrics milestones new notifications org pulls raw repo
        repo-avatars robots.txt search serviceworker.js ssh_info stars swagger.v1.json user users v2
        """)

    static let bitbucket: Set<String> = words(
        """
        ! !api account api blog dashboard help product repo repository site snippets socialauth support user users
        workspace workspaces xhr
        """)

    static let gitee: Set<String> = words(
        "about api blog dashboard education enterprises explore features gists help login news organizations search signup"
    )

    /// The pages of cgit, gitweb and hgweb.
    static let serverPages: Set<String> = words(
        """
        about annotate archive atom blame blob branches changeset commit commitdiff diff file graph heads history log
        patch plain rawdiff raw-file refs rev rss shortlog snapshot stats summary tag tags tree
        """)

    static let pagure: Set<String> = words(
        "blob branches c commits forks issue issues pull-request pull-requests raw releases roadmap settings stats tree"
    )

    /// What people write where they have no address.
    static let placeholders: Set<String> = words(
        """
        - -- . ? ... false local n/a na nan nil none not_available null private tba tbd todo true undefined unknown url
        """)

    static func words(_ text: String) -> Set<String> {
        Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }
}
