import ArgumentParser
public import EcosystemPlugins
public import PackageMining
import PythonFormats

/// `pkgmine pypi`
public struct PyPIPlugin: EcosystemPlugin {
    public static let ecosystem = PyPIMiner(indexURL: "").ecosystem
    public static let abstract = "Lists every package of a Python index, with its homepage and repository."
    public static let listedFrom = "the simple index that `--index-url`, `PIP_INDEX_URL` or pip's configuration names"
    public static let lookedUpAt = "the JSON API beside it, else core metadata"
    public static let examples = [
        "pkgmine pypi --contact you@example.org  pip's own, into Package-List/PyPI.csv",
        "pkgmine pypi --limit 1000 -o try        the first 1,000, into try/PyPI.csv",
        "pkgmine pypi --index-url https://user:token@a.example/simple -o own",
    ]

    @Option(
        help: ArgumentHelp(
            "The index. (default: PIP_INDEX_URL, else index-url in [global] of pip's configuration files)",
            valueName: "url"))
    var indexURL: String?

    public init() {}

    public func makeMiner() throws -> PyPIMiner {
        guard let url = try indexURL ?? Self.pip(.ofThisProcess).indexURL else {
            throw OptionError(
                "no index is named, and none is built in",
                hint: "give --index-url, set PIP_INDEX_URL, or write index-url into [global] of pip's configuration")
        }
        return PyPIMiner(indexURL: url)
    }

    static func pip(_ settings: UserSettings) -> PipSettings {
        PipSettings(variable: settings.variable, file: settings.file)
    }
}
