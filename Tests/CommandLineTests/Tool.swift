import Foundation
import MachineTools

extension Tool {
    /// The built binary.
    static let pkgmine = Tool(executable: products.appending(path: "pkgmine"))

    /// The tool of another author in `Tests/AddedTool`.
    static let added = Tool(executable: products.appending(path: "added-tool"))

    /// The program of another author in `Tests/OutsideProgram`.
    static let trends = Tool(executable: products.appending(path: "trends"))

    /// The program that the build asks for the list of ecosystems.
    static let listEcosystems = Tool(executable: products.appending(path: "list-ecosystems"))

    /// The folder that holds the test runner holds the products beside it.
    private static var products: URL {
        URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    }
}

/// A folder of a test that is removed with it.
final class Scratch: Sendable {
    let url = FileManager.default.temporaryDirectory.appending(path: "pkgmine-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    var path: String { url.path }

    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: url.appending(path: name)), as: UTF8.self)
    }

    func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: url.appending(path: name).path)
    }
}

/// The package's own folder, where the fixtures are.
let packageFolder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

/// Real data that is not part of this project; tests that need it are skipped where it is absent.
let realData: URL? = {
    let given = ProcessInfo.processInfo.environment["PKGMINE_REAL_DATA"].map { URL(filePath: $0) }
    let folder = given ?? packageFolder.deletingLastPathComponent().appending(path: "shared/real")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
}()
