import Foundation
import Synchronization

/// The built binary, run as a user runs it.
struct Tool: Sendable {
    struct Outcome: Sendable {
        let status: Int32
        let output: String
        let errors: String
    }

    let executable: URL

    static let pkgmine = Tool(executable: products.appending(path: "pkgmine"))

    /// A tool of the machine, found on the path.
    static func machine(_ name: String) -> Tool? {
        let folders =
            (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init) + ["/usr/sbin"]
        return folders.map { URL(filePath: $0).appending(path: name) }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }.map { Tool(executable: $0) }
    }

    /// The folder that holds the test runner holds the products beside it.
    private static var products: URL {
        URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    }

    /// Runs to the end. `started` is told the process, to send signals to it.
    @discardableResult
    func run(
        _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:],
        started: (@Sendable (Int32) -> Void)? = nil
    ) async throws -> Outcome {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        let scratch = FileManager.default.temporaryDirectory.appending(path: "pkgmine-out-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let files = ["out", "err"].map { scratch.appending(path: $0) }
        for file in files { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: files[0])
        process.standardError = try FileHandle(forWritingTo: files[1])
        let status = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { process in
                let signalled = process.terminationReason == .uncaughtSignal
                continuation.resume(returning: process.terminationStatus + (signalled ? 1_000 : 0))
            }
            do {
                try process.run()
                started?(process.processIdentifier)
            } catch {
                continuation.resume(throwing: error)
            }
        }
        let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
        return Outcome(status: status, output: texts[0], errors: texts[1])
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
