import Foundation

/// A program of this machine, run to its end, or until it has gone to the background.
///
/// Not by Foundation's Process, which waits until a program in the background has closed what it inherited.
struct Program {
    let name: String
    let path: String

    /// Nil where the machine does not have it.
    init?(_ name: String) {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let paths = (folders + ["/usr/sbin"]).map { "\($0)/\(name)" }
        guard let path = paths.first(where: FileManager.default.isExecutableFile(atPath:)) else { return nil }
        self.name = name
        self.path = path
    }

    /// - Parameter life: the end of a pipe that the program holds for as long as it lives, in the background too.
    /// - Throws: ``DidNotStart`` with what the program has said, where its status is not 0.
    func run(_ arguments: [String], log: URL, life: Int32? = nil) throws {
        try Data().write(to: log)
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
        #else
            var actions = posix_spawn_file_actions_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, log.path, O_WRONLY | O_APPEND, 0)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        if let life { posix_spawn_file_actions_adddup2(&actions, life, 3) }
        var words = ([path] + arguments).map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var process = pid_t()
        var status: Int32 = -1
        let started = posix_spawn(&process, path, &actions, nil, &words, environ)
        guard started == 0, waitpid(process, &status, 0) == process, status == 0 else {
            let said = started == 0 ? try String(contentsOf: log, encoding: .utf8) : String(cString: strerror(started))
            throw DidNotStart(program: name, arguments: arguments, status: status, said: said)
        }
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
        \(program) did not start: its status is \(status >> 8)
        \(([program] + arguments).joined(separator: " "))
        \(said)
        """
    }
}
