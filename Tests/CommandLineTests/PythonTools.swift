import Foundation
import MachineTools
import Testing

/// Whether python3 has a module.
func pythonHas(_ module: String) -> Bool {
    guard let python = python else { return false }
    do { return try python.runBriefly(["-c", "import \(module)"]).status == 0 } catch { return false }
}

/// The Python that `make test` prepares, or the machine's.
let python: Tool? = {
    let own = packageFolder.appending(path: ".build/python/bin/python3")
    if FileManager.default.isExecutableFile(atPath: own.path) { return Tool(executable: own) }
    return Tool.machine("python3")
}()

/// What frictionless says of a folder's data package: `True`, how many resources it read, and what is wrong.
func frictionlessReport(of folder: URL) async throws -> Tool.Outcome {
    let script = """
        import frictionless
        report = frictionless.validate("datapackage.json")
        print(report.valid, len(report.tasks), report.flatten(["title", "message"]))
        """
    return try await #require(python).run(["-c", script], in: folder)
}
