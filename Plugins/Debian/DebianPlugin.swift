import ArgumentParser
import DebianFormats
public import EcosystemPlugins
public import PackageMining

/// `pkgmine debian`
public struct DebianPlugin: EcosystemPlugin {
    public static let ecosystem = DebianMiner(archiveURL: "").ecosystem
    public static let abstract = "Lists every source package of a Debian archive, with its homepage."
    public static let listedFrom = "`InRelease` and Sources of the archive that `--archive-url` names"
    public static let lookedUpAt = "the list tells it; the repository is that of the packaging"
    public static let examples = [
        "pkgmine debian --archive-url https://a.example/debian",
        "pkgmine debian --archive-url https://a.example/debian --component main",
        "pkgmine debian --archive-url https://a.example/ubuntu --suite noble",
    ]

    @Option(help: ArgumentHelp("The archive: the folder that holds dists/.", valueName: "url"))
    var archiveURL: String?

    @Option(help: ArgumentHelp("A suite or its codename; several make one list.", valueName: "name"))
    var suite = ["stable"]

    @Option(help: ArgumentHelp("A component; several make one list. (default: all of the suite)", valueName: "name"))
    var component: [String] = []

    @Option(
        help: ArgumentHelp("Keys by which gpgv, if it is installed, verifies who signed the suite.", valueName: "file"))
    var keyring: String?

    public init() {}

    public func makeMiner() throws -> DebianMiner {
        guard let archiveURL else {
            throw OptionError(
                "no archive is named, and none is built in", hint: "give --archive-url, the folder of dists/")
        }
        if let name = (suite + component).first(where: { !isPath($0) }) {
            throw OptionError("\"\(name)\" is no suite and no component", hint: "name them as dists/ and InRelease do")
        }
        return try DebianMiner(
            archiveURL: archiveURL, suites: suite, components: component, keyring: keyring.map { try Keyring($0) })
    }

    public func notice(on miner: DebianMiner) -> String? { miner.keyring?.notice }
}
