import ArgumentParser
import Foundation
import MinerTestKit

/// Serves registries on this machine, for demonstrations, benchmarks and tests of the whole program.
@main
struct LoopbackRegistry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "loopback-registry",
        abstract: "Serves a registry on 127.0.0.1 until it is stopped.",
        subcommands: [GoCommand.self, FolderCommand.self])
}
