package import ArgumentParser
package import EcosystemPlugins
import MiningStore
package import PackageMining

/// The command of an ecosystem, to whoever runs several.
package protocol EcosystemCommand: AsyncParsableCommand {
    /// At its default registries.
    static var ecosystem: Ecosystem { get }

    /// What it is to run. Nothing is begun.
    func job() throws -> MiningJob
}

/// The command of one ecosystem: the options that all share, those that its plug-in adds, and a run of the miner that
/// they make.
package struct MiningCommand<Plugin: EcosystemPlugin>: EcosystemCommand {
    package static var ecosystem: Ecosystem { Plugin.ecosystem }

    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: Plugin.ecosystem.id, abstract: Plugin.abstract,
            discussion: [
                told("Examples:", examples),
                told("The pace, which --concurrency does not raise:", Plugin.ecosystem.pacesInWords.map { "  \($0)" }),
            ].compactMap(\.self).joined(separator: "\n\n"))
    }

    private static func told(_ heading: String, _ lines: [String]) -> String? {
        lines.isEmpty ? nil : "\(heading)\n\n\(lines.joined(separator: "\n"))"
    }

    private static var examples: [String] {
        Plugin.examples.map { "  " + PkgmineTool.toolbox.spelled($0) }
    }

    @OptionGroup var list: ListArguments
    @OptionGroup var single: SingleListArguments
    @OptionGroup var registry: RegistryArguments
    @OptionGroup var plugin: Plugin

    package init() {}

    private var mining: MiningArguments { MiningArguments(list: list, single: single, registry: registry) }

    package func validate() throws {
        try mining.check()
        _ = try usableMiner()
        if list.limit != nil, try usableWitness() != nil {
            throw ValidationError("--limit and --audit exclude each other: the first packages are not all")
        }
    }

    package func run() async throws {
        try await MiningConsole(job: job()).run()
    }

    package func job() throws -> MiningJob {
        let miner = try usableMiner()
        return MiningJob(
            miner, auditedBy: try usableWitness(), mining,
            notices: [plugin.notice(on: miner), needOfRoom(miner.ecosystem)].compactMap { $0 })
    }

    /// What a list takes that is begun at the default registry.
    private func needOfRoom(_ ecosystem: Ecosystem) -> String? {
        let isDefault = ecosystem.registries.first?.url == Plugin.ecosystem.registries.first?.url
        let files = StateFiles(outputFolder: mining.list.folder, id: ecosystem.id)
        guard let size = Plugin.size, isDefault, mining.list.limit == nil, !files.exists else { return nil }
        return NeedOfRoom(size: size, folder: mining.list.folder).description
    }

    /// Nil where no audit was asked for.
    private func usableWitness() throws -> (any Witness)? {
        try (plugin as? any AuditedPlugin)?.witness()
    }

    private func usableMiner() throws -> Plugin.Miner {
        let miner: Plugin.Miner
        do { miner = try plugin.makeMiner() } catch { throw ValidationError("\(error)") }
        for registry in miner.ecosystem.registries where !registry.url.lowercased().hasPrefix("http") {
            let url = printable(urlWithoutCredentials(registry.url))
            throw ValidationError("\(url) cannot be the \(registry.name): it is no http or https address")
        }
        return miner
    }
}

extension EcosystemPlugin {
    static var command: any EcosystemCommand.Type { MiningCommand<Self>.self }
}

extension AuditedPlugin {
    fileprivate func witness() throws -> (any Witness)? { try audit?.makeWitness() }
}
