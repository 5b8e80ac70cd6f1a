import Foundation
import PackagePlugin

/// Writes the list of the ecosystems that come with this package, as a source file of the target that depends on their
/// plug-ins. The table of the manifest is thus the only place that names them all.
@main
struct ListEcosystems: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let list = context.pluginWorkDirectoryURL.appending(path: "PkgmineTool+Plugins.swift")
        let plugins = target.dependencies.compactMap(pluginModule)
        let sources = plugins.map { ($0.moduleName, $0.sourceFiles(withSuffix: ".swift").map(\.url)) }
        return [
            .buildCommand(
                displayName: "List the ecosystems of \(plugins.count) plug-ins",
                executable: try context.tool(named: "list-ecosystems").url,
                arguments: [list.path] + sources.flatMap { module, files in [module] + files.map(\.path) },
                inputFiles: sources.flatMap(\.1), outputFiles: [list])
        ]
    }

    /// A target in a folder of `Plugins/`.
    private func pluginModule(_ dependency: TargetDependency) -> SwiftSourceModuleTarget? {
        guard case .target(let target) = dependency,
            target.directoryURL.deletingLastPathComponent().lastPathComponent == "Plugins"
        else { return nil }
        return target as? SwiftSourceModuleTarget
    }
}
