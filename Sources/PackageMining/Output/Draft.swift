import Foundation

/// The making of an output file: `.Go.csv.new`, beside the file whose place it takes.
///
/// One that is not put in its place is removed, for the next attempt may need the room on the disk.
struct Draft: ~Copyable {
    private let path: String
    private let number: Int32

    /// Begins a draft. What a killed run has left is dropped; a link that somebody else put there is not followed.
    static func begin(_ destination: URL) throws -> Draft {
        let folder = destination.deletingLastPathComponent()
        let path = folder.appending(path: ".\(destination.lastPathComponent).new").path
        guard unlink(path) == 0 || errno == ENOENT else { throw OutputError(destination) }
        let number = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard number >= 0 else { throw OutputError(destination) }
        return Draft(path: path, number: number)
    }

    private init(path: String, number: Int32) {
        self.path = path
        self.number = number
    }

    deinit {
        close(number)
        // Where it was put in its place, nothing lies here any more.
        unlink(path)
    }

    func write(_ bytes: [UInt8], of destination: URL) throws {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                Foundation.write(number, $0.baseAddress! + written, $0.count - written)
            }
            guard count > 0 || errno == EINTR else { throw OutputError(destination) }
            written += max(0, count)
        }
    }

    /// On the disk first and then renamed: a power cut leaves the old file or the new one.
    func place(at destination: URL) throws {
        guard fsync(number) == 0, rename(path, destination.path) == 0 else { throw OutputError(destination) }
    }
}
