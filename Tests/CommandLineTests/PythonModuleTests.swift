import Foundation
import MachineTools
import Testing

/// `Sources/Python`, tried by `Tests/Python` with the program that was built here.
@Suite("The Python module")
struct PythonModuleTests {
    /// The files of its tests: what they promise stands in them, a function each.
    private static let files = ["test_identifying.py", "test_lists.py", "test_mining.py", "test_studies.py"]

    /// pytest would pass over what needs the other two, and nobody would count it.
    private static let isReady = ["pytest", "pandas", "tqdm"].allSatisfy(pythonHas)

    @Test(
        "The Python module keeps what its tests promise",
        .enabled(if: isReady, "needs the Python packages pytest, pandas and tqdm"),
        arguments: files)
    func keeps(file: String) async throws {
        let scratch = try Scratch()
        let outcome = try await #require(python).run(
            [
                "-m", "pytest", "-q", "--tb=short", "-p", "no:cacheprovider", "--basetemp", scratch.path + "/runs",
                packageFolder.appending(path: "Tests/Python/\(file)").path,
            ],
            environment: [
                "PKGMINE_BINARY": Tool.pkgmine.executable.path, "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": scratch.path,
            ])
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }

    @Test("The Python module has no test that is not run")
    func isWhole() throws {
        let folder = packageFolder.appending(path: "Tests/Python").path
        let tests = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("test_") }
        #expect(tests.sorted() == Self.files)
    }
}
