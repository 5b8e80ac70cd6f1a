import ArgumentParser
import PackageMining

/// The command of one ecosystem: its options, and the miner that they make.
///
/// An ecosystem's command declares what is its own, such as the addresses of its registries; all else it shares.
public protocol MiningCommand: AsyncParsableCommand {
    associatedtype Miner: EcosystemMiner

    /// The ecosystem at its default registries.
    static var ecosystem: Ecosystem { get }

    var mining: MiningArguments { get }

    func makeMiner() throws -> Miner

    /// What of the options is not done as it was asked for, in a line; nil where all is.
    func notice(on miner: Miner) -> String?
}

extension MiningCommand {
    public func notice(on miner: Miner) -> String? { nil }

    /// What `pkgmine help` says, with the ecosystem's facts.
    public static func describe(_ abstract: String, examples: [String]) -> CommandConfiguration {
        CommandConfiguration(
            commandName: ecosystem.id, abstract: abstract,
            discussion: "Examples:\n\n" + examples.map { "  \($0)" }.joined(separator: "\n"))
    }

    public func validate() throws {
        try mining.check()
        _ = try usableMiner()
    }

    public func run() async throws {
        let miner = try usableMiner()
        if let notice = notice(on: miner) { printError("note: \(printable(notice))") }
        try await MiningConsole(arguments: mining, ecosystem: miner.ecosystem).run(miner)
    }

    private func usableMiner() throws -> Miner {
        let miner: Miner
        do { miner = try makeMiner() } catch { throw ValidationError("\(error)") }
        for registry in miner.ecosystem.registries where !registry.url.lowercased().hasPrefix("http") {
            let url = printable(urlWithoutCredentials(registry.url))
            throw ValidationError("\(url) cannot be the \(registry.name): it is no http or https address")
        }
        return miner
    }
}
