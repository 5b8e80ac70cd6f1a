/// The texts of a model that an expression can name, by their paths from the project, and how a child comes by those
/// of its parent (`MavenModelMerger` of maven-model-builder, asked by the judge in fixtures/maven). What lies inside a
/// list (`developers[0].url`) is left out: it is not defined, as what lies inside a map is not.
enum ModelPaths {
    /// Told by a POM of itself alone, its group and version by way of its `<parent>`.
    static let own =
        [
            "modelVersion", "groupId", "artifactId", "version", "packaging", "name", "prerequisites.maven",
            "parent.groupId", "parent.artifactId", "parent.version", "parent.relativePath",
        ] + ["groupId", "artifactId", "version", "message"].map { relocation + $0 }

    static let relocation = "distributionManagement.relocation."

    /// Each inherited where the child does not tell it. Links are, too, with a path behind them.
    static let single =
        ["description", "inceptionYear", "scm.tag"]
        + ["downloadUrl", "status"].map { "distributionManagement." + $0 }
        + ["outputDirectory", "excludeDefaults"].map { "reporting." + $0 }
        + [
            "sourceDirectory", "scriptSourceDirectory", "testSourceDirectory", "outputDirectory", "testOutputDirectory",
            "defaultGoal", "directory", "finalName",
        ].map { "build." + $0 }

    /// Inherited as a whole: of a child that has the element, however empty, nothing is added to it.
    static let whole = [
        "organization": ["name", "url"],
        "issueManagement": ["system", "url"],
        "ciManagement": ["system", "url"],
    ].merging(repositories.map { ($0, repository) }) { $1 }

    static let repositories = ["repository", "snapshotRepository"].map { "distributionManagement." + $0 }

    static let repository =
        ["id", "name", "url", "layout", "uniqueVersion"]
        + ["releases", "snapshots"].flatMap { policy in
            ["enabled", "updatePolicy", "checksumPolicy"].map { "\(policy).\($0)" }
        }

    /// What a repository has that does not say it, and one that is inherited, whatever it says.
    static let ofAnyRepository = ["layout": "default", "uniqueVersion": "true"]

    /// Inherited as a whole too, but by a child whose own one is empty.
    static let site = "distributionManagement.site"
    static let ofSite = ["id", "name", "url"].map { "\(site).\($0)" }

    /// What an active profile puts in the place of what the POM says.
    static let ofProfiles =
        single.filter { $0.hasPrefix("distributionManagement.") || $0.hasPrefix("reporting.") } + ofSite
        + ["build.defaultGoal", "build.directory", "build.finalName"]

    static let placesOfProfiles = (ofProfiles + repositories.flatMap { one in repository.map { "\(one).\($0)" } })
        .map(place)

    static let all: [(path: String, place: String)] =
        (own + single + Pom.Link.allCases.map(\.rawValue) + ofSite.filter { $0 != Pom.Link.siteURL.rawValue }
        + whole.flatMap { element, parts in parts.map { "\(element).\($0)" } })
        .map { ($0, place(of: $0)) }

    /// The same path in a document.
    static func place(of path: String) -> String { path.replacing(".", with: "/") }

    /// What the POM above all others says.
    static let ofSuperPom = [
        "build.directory": "${project.basedir}/target",
        "build.outputDirectory": "${project.build.directory}/classes",
        "build.testOutputDirectory": "${project.build.directory}/test-classes",
        "build.finalName": "${project.artifactId}-${project.version}",
        "build.sourceDirectory": "${project.basedir}/src/main/java",
        "build.scriptSourceDirectory": "${project.basedir}/src/main/scripts",
        "build.testSourceDirectory": "${project.basedir}/src/test/java",
        "reporting.outputDirectory": "${project.build.directory}/site",
    ]
}
