package import ArgumentParser
import Foundation
package import PackageMining

/// `pkgmine ecosystems`
package struct EcosystemsCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "ecosystems", abstract: "Says which ecosystems can be mined, and from where.")

    package init() {}

    package func run() throws {
        try orExit { try printResult(lines.joined(separator: "\n")) }
    }

    package var lines: [String] { Self.lines(of: PkgmineTool.toolbox.ecosystems) }

    package static func lines(of ecosystems: [Ecosystem]) -> [String] {
        let width = ecosystems.map(\.id.count).max() ?? 0
        return ecosystems.flatMap { ecosystem in
            let id = ecosystem.id.padding(toLength: width, withPad: " ", startingAt: 0)
            let file = "\(ecosystem.fileName).csv"
            let indent = String(repeating: " ", count: width)
            let named = "named by its options, see `\(PkgmineTool.toolbox.name) \(ecosystem.id) --help`"
            return ["\(id)  \(ecosystem.platform), into \(file), packages as pkg:\(ecosystem.purlType)/…"]
                + ecosystem.registries.map { "\(indent)  \(told($0, unlessEmpty: named))" }
        }
    }

    private static func told(_ registry: Registry, unlessEmpty named: String) -> String {
        "\(registry.name): \(registry.url.isEmpty ? named : registry.url)"
            + (registry.pace?.inWords.map { "; \($0)" } ?? "")
    }
}
