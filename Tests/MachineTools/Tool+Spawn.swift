import CSpawn
import Foundation

extension Tool {
    /// Starts it with nothing open but what it is given, and no signal blocked.
    ///
    /// - Parameter errors: nil where they go to `output`.
    func spawn(
        _ arguments: [String], in folder: URL?, environment: [String: String], output: URL, errors: URL?, life: Int32?
    ) throws -> pid_t {
        var plan = SpawnPlan()
        defer { plan.destroy() }
        if let folder { plan.change(to: folder.path) }
        plan.open("/dev/null", O_RDONLY, as: 0)
        plan.open(output.path, O_WRONLY | O_APPEND, as: 1)
        if let errors { plan.open(errors.path, O_WRONLY | O_APPEND, as: 2) } else { plan.duplicate(1, as: 2) }
        if let life { plan.duplicate(life, as: 3) }
        plan.close(from: life == nil ? 3 : 4)
        plan.unblockSignals()
        let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        var words = ([executable.path] + arguments).map { strdup($0) } + [nil]
        var settings = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (words + settings).forEach { free($0) } }
        var process = pid_t()
        let failure = posix_spawn(&process, executable.path, &plan.actions, &plan.attributes, &words, &settings)
        if failure != 0 { throw POSIXError(POSIXErrorCode(rawValue: failure) ?? .ENOEXEC) }
        return process
    }
}

/// Waits on this thread until a child has ended.
func endOf(_ process: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) == -1 && errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 1_000 + signal
}

/// What a child does to its files before it becomes the program.
private struct SpawnPlan {
    #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        var attributes: posix_spawnattr_t?
    #else
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
    #endif

    init() {
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
    }

    mutating func destroy() {
        posix_spawn_file_actions_destroy(&actions)
        posix_spawnattr_destroy(&attributes)
    }

    mutating func change(to folder: String) {
        _ = spawn_change_folder(&actions, folder)
    }

    mutating func open(_ path: String, _ flags: Int32, as number: Int32) {
        posix_spawn_file_actions_addopen(&actions, number, path, flags, 0)
    }

    mutating func duplicate(_ file: Int32, as number: Int32) {
        posix_spawn_file_actions_adddup2(&actions, file, number)
    }

    mutating func close(from number: Int32) {
        _ = spawn_close_from(&actions, &attributes, number)
    }

    mutating func unblockSignals() {
        _ = spawn_unblock_signals(&attributes)
    }
}
