import Foundation

/// Where a file lay when it was opened: told by the system's number for it, which no other file has meanwhile.
struct OpenedFile: Sendable {
    private let path: String
    private let device: dev_t
    private let number: ino_t

    init(_ path: String) {
        self.path = path
        var facts = stat()
        stat(path, &facts)
        device = facts.st_dev
        number = facts.st_ino
    }

    /// How many bytes it has now.
    var bytes: Int {
        var facts = stat()
        return stat(path, &facts) == 0 ? Int(facts.st_size) : 0
    }

    /// Whether the same file lies there still.
    var isUnchanged: Bool {
        var facts = stat()
        return stat(path, &facts) == 0 && facts.st_dev == device && facts.st_ino == number
    }
}
