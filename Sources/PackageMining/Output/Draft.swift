import Foundation

/// The making of an output file: `.Go.csv.new`, beside the file whose place it takes.
///
/// One that is not put in its place is removed, for the next attempt may need the room on the disk.
struct Draft: ~Copyable {
    let path: String
    private let destination: URL
    private let number: Int32
    /// Whether nothing of it is left to remove.
    private var isGivenAway = false

    /// Begins a draft. What a killed run has left is dropped; a link that somebody else put there is not followed.
    ///
    /// - Parameter path: Where it is made; nil for beside its destination.
    static func begin(_ destination: URL, at path: URL?) throws -> Draft {
        try refuseOtherThanFile(destination)
        let beside = destination.deletingLastPathComponent().appending(path: ".\(destination.lastPathComponent).new")
        let path = (path ?? beside).path
        return Draft(path: path, destination: destination, number: try create(path, destination))
    }

    private init(path: String, destination: URL, number: Int32) {
        self.path = path
        self.destination = destination
        self.number = number
    }

    deinit {
        if !isGivenAway { unlink(path) }
        // The lock goes with the descriptor.
        close(number)
    }

    func write(_ bytes: [UInt8]) throws {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                Foundation.write(number, $0.baseAddress! + written, $0.count - written)
            }
            guard count > 0 || errno == EINTR else { throw OutputError(destination) }
            written += max(0, count)
        }
    }

    /// Puts on the disk what was written.
    func sync() throws {
        guard fsync(number) == 0 else { throw OutputError(destination) }
    }

    /// Puts it in its place. On the disk first: a power cut leaves the old file or the new one.
    consuming func place() throws {
        guard rename(path, destination.path) == 0 else { throw OutputError(destination) }
        isGivenAway = true
    }

    /// Leaves it where it is, for who places it later.
    consuming func leave() -> String {
        isGivenAway = true
        return path
    }

    /// A rename over a device would not do what was meant: `/dev/null` would be a file from then on.
    private static func refuseOtherThanFile(_ destination: URL) throws {
        var status = stat()
        guard stat(destination.path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFREG else { throw OutputError(destination, "it is not a file") }
    }
}

/// Two processes that write the same file: the second is refused, or one would publish what the other has half written.
extension Draft {
    private static func create(_ path: String, _ destination: URL) throws -> Int32 {
        try dropLeftOver(path, destination)
        let number = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard number >= 0 else { throw OutputError(destination) }
        guard lock(number), leads(path, to: number) else {
            close(number)
            throw OutputError(destination, busy)
        }
        return number
    }

    private static func dropLeftOver(_ path: String, _ destination: URL) throws {
        let number = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        defer { if number >= 0 { close(number) } }
        guard number < 0 || lock(number) else { throw OutputError(destination, busy) }
        guard unlink(path) == 0 || errno == ENOENT else { throw OutputError(destination) }
    }

    private static let busy = "another process is writing it"

    /// False where another process holds the lock. A disk that knows no locks is no reason to write nothing.
    private static func lock(_ number: Int32) -> Bool { flock(number, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK }

    private static func leads(_ path: String, to number: Int32) -> Bool {
        var (opened, found) = (stat(), stat())
        return fstat(number, &opened) == 0 && lstat(path, &found) == 0 && opened.st_ino == found.st_ino
            && opened.st_dev == found.st_dev
    }
}
