public import ArgumentParser
public import PackageMining

/// What a plug-in says of its ecosystem, once.
///
/// It is the options that the ecosystem's command has beside those that all share, written as ArgumentParser takes them,
/// and the miner that they make. The command, its help, `pkgmine ecosystems` and a row of the README are made from it.
///
/// A registry's address is an option with a default, as `--index-url`. Where there is none that fits everybody, the URL in
/// ``ecosystem`` is empty, and ``makeMiner()`` throws what is to be said; it may ask ``UserSettings``. Options are read before each run, and by `help`:
/// making a miner asks nobody.
public protocol EcosystemPlugin: ParsableArguments {
    associatedtype Miner: EcosystemMiner

    /// The ecosystem at its default registries; the URL of one is empty that has no default.
    static var ecosystem: Ecosystem { get }

    /// What the command does: "Lists every Go module of the module index, with …."
    static var abstract: String { get }

    /// What the ecosystem is listed from, in the words of the README's table.
    static var listedFrom: String { get }

    /// What its packages are looked up at, in the words of the README's table.
    static var lookedUpAt: String { get }

    /// About how large the list of the default registry is; nil where it takes no more than a gigabyte.
    static var size: ListSize? { get }

    /// Command lines for the help, each with what comes of it where that has room.
    static var examples: [String] { get }

    /// The miner that the options ask for.
    ///
    /// - Throws: what is wrong with them, in a line.
    func makeMiner() throws -> Miner

    /// What of the options is not done as it was asked for, in a line; nil where all is, as by default.
    func notice(on miner: Miner) -> String?
}

extension EcosystemPlugin {
    public static var size: ListSize? { nil }

    public func notice(on miner: Miner) -> String? { nil }
}
