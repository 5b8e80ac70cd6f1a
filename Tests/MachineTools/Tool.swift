public import Foundation

/// A program, run as a user runs it: one of this machine, or one that was built here.
///
/// Not by Foundation's Process. What that opens is inherited by every program that is started meanwhile, so that the
/// end of one is seen only once another, which may be a server, has ended too; and it waits on a thread of the tests,
/// of which there is one a core: two that wait for a server whose own test has no thread left wait for ever. Each is
/// waited for on a thread of its own, and none of Dispatch's: that has 255 at most, for the tests and their servers too.
public struct Tool: Sendable {
    public let executable: URL

    public init(executable: URL) {
        self.executable = executable
    }

    /// Nil where the machine does not have it.
    public static func machine(_ name: String) -> Tool? {
        let folders =
            (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init) + ["/usr/sbin"]
        return folders.map { URL(filePath: $0).appending(path: name) }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }.map { Tool(executable: $0) }
    }

    /// What came of a run. The status of one that a signal has ended is a thousand and the signal.
    public struct Outcome: Sendable {
        public let status: Int32
        public let output: String
        public let errors: String
    }

    /// Runs to the end. `started` is told the process, to send signals to it.
    @discardableResult
    public func run(
        _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:],
        started: (@Sendable (Int32) -> Void)? = nil
    ) async throws -> Outcome {
        let (files, process) = try start(arguments, in: folder, environment: environment)
        started?(process)
        let status = await withCheckedContinuation { continuation in
            Thread { continuation.resume(returning: endOf(process)) }.start()
        }
        return try files.outcome(status)
    }

    /// The same, for what takes a moment and is asked where nothing can be awaited.
    @discardableResult
    public func runBriefly(_ arguments: [String]) throws -> Outcome {
        let (files, process) = try start(arguments, in: nil, environment: [:])
        return try files.outcome(endOf(process))
    }

    /// Runs until it has gone to the background.
    ///
    /// - Parameters:
    ///   - log: a file that takes all that it says.
    ///   - life: the end of a pipe that the program holds for as long as it lives, in the background too.
    /// - Throws: ``DidNotStart`` with what the program has said, where its status is not 0.
    public func runToBackground(_ arguments: [String], log: URL, life: Int32? = nil) throws {
        try Data().write(to: log)
        let process = try spawn(arguments, in: nil, environment: [:], output: log, errors: nil, life: life)
        let status = endOf(process)
        if status == 0 { return }
        throw DidNotStart(
            program: executable.lastPathComponent, arguments: arguments, status: status,
            said: try String(contentsOf: log, encoding: .utf8))
    }

    private func start(
        _ arguments: [String], in folder: URL?, environment: [String: String]
    ) throws -> (SpokenFiles, pid_t) {
        let files = try SpokenFiles()
        let process = try spawn(
            arguments, in: folder, environment: environment, output: files.output, errors: files.errors, life: nil)
        return (files, process)
    }
}

/// A program that a test needs has ended when it was to begin.
public struct DidNotStart: Error, CustomStringConvertible {
    let program: String
    let arguments: [String]
    let status: Int32
    public let said: String

    public var description: String {
        """
        \(program) did not start: its status is \(status)
        \(([program] + arguments).joined(separator: " "))
        \(said)
        """
    }
}

/// What a program says, in two files that go with this: a pipe would be held open by what it leaves in the background.
private final class SpokenFiles: Sendable {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "pkgmine-out-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for file in [output, errors] { try Data().write(to: file) }
    }

    deinit {
        do { try FileManager.default.removeItem(at: folder) } catch { print("\(folder.path) stays: \(error)") }
    }

    var output: URL { folder.appending(path: "out") }
    var errors: URL { folder.appending(path: "err") }

    func outcome(_ status: Int32) throws -> Tool.Outcome {
        let texts = try [output, errors].map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
        return Tool.Outcome(status: status, output: texts[0], errors: texts[1])
    }
}
