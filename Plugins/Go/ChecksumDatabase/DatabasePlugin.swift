public import ArgumentParser
import ChecksumDatabase
public import EcosystemPlugins

/// Which checksum database is meant.
public struct DatabaseOptions: AuditOptions {
    public static let abstract =
        "Holds the list of Go modules against the signed tree of the checksum database, every record of it."
    public static let examples = [
        "pkgmine audit go                         Package-List/Go.csv",
        "pkgmine audit go --sumdb \"$(go env GOSUMDB)\"",
    ]

    @Option(
        help: ArgumentHelp(
            "The checksum database as GOSUMDB writes it: NAME+HASH+KEY, and an address behind a space where the name is "
                + "none.",
            valueName: "database"))
    public var sumdb = DatabaseSetting.knownName

    public init() {}

    public func makeWitness() throws -> DatabaseWitness {
        do { return DatabaseWitness(try DatabaseSetting(sumdb)) } catch let error as BadSetting {
            throw BadSetting(reason: "--sumdb cannot be used: \(error.reason)")
        }
    }
}
