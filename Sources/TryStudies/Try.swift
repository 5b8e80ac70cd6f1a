import ArgumentParser
import PkgmineCLI

@main struct Try: AsyncParsableCommand {
    static let configuration = CommandConfiguration(subcommands: [
        CompareCommand.self, DiffCommand.self, ReportCommand.self,
    ])
}
