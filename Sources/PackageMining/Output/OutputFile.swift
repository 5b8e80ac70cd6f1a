import ContentDigest
import Foundation

/// A file that is written beside its old self and takes its place when it is whole.
///
/// Readers see the old file or the new one, never a part: the new one is on the disk before it is renamed.
package struct OutputFile: ~Copyable {
    private let destination: URL
    private let draft: String
    private let file: Descriptor
    private var buffer: [UInt8] = []
    private let digest: Digest
    private var bytes = 0

    private static var bufferSize: Int { 1 << 18 }

    package init(_ destination: URL) throws {
        let draft = destination.deletingLastPathComponent().appending(path: ".\(destination.lastPathComponent).new")
            .path
        let file = try Descriptor(open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644), of: destination)
        digest = try Digest(.sha256)
        self.destination = destination
        self.draft = draft
        self.file = file
        buffer.reserveCapacity(Self.bufferSize + 4096)
    }

    /// Adds bytes that `fill` appends to the buffer.
    package mutating func write(_ fill: (inout [UInt8]) -> Void) throws {
        fill(&buffer)
        if buffer.count >= Self.bufferSize { try flush() }
    }

    /// Puts the file in its place.
    package consuming func publish() throws -> PublishedFile {
        try flush()
        guard fsync(file.number) == 0, rename(draft, destination.path) == 0 else { throw OutputError(destination) }
        try syncFolder()
        return PublishedFile(url: destination, bytes: bytes, sha256: digest.finish())
    }

    /// Leaves nothing behind: neither the draft nor an older file.
    package consuming func discard() throws {
        for file in [draft, destination.path] {
            guard unlink(file) == 0 || errno == ENOENT else { throw OutputError(destination) }
        }
    }

    private mutating func flush() throws {
        digest.update(buffer)
        bytes += buffer.count
        var written = 0
        while written < buffer.count {
            let count = buffer.withUnsafeBytes {
                Foundation.write(file.number, $0.baseAddress! + written, $0.count - written)
            }
            guard count > 0 || errno == EINTR else { throw OutputError(destination) }
            written += max(0, count)
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// A rename is safe from a power cut only when its folder is on the disk as well.
    private func syncFolder() throws {
        let path = destination.deletingLastPathComponent().path
        let folder = try Descriptor(open(path, O_RDONLY | O_CLOEXEC), of: destination)
        guard fsync(folder.number) == 0 || errno == EINVAL else { throw OutputError(destination) }
    }
}

/// An open file, closed when it goes out of use.
private struct Descriptor: ~Copyable {
    let number: Int32

    /// Takes what `open` returned.
    init(_ number: Int32, of file: URL) throws {
        guard number >= 0 else { throw OutputError(file) }
        self.number = number
    }

    deinit { close(number) }
}

/// A file that is in its place.
public struct PublishedFile: Hashable, Sendable {
    public let url: URL
    public let bytes: Int
    /// In lower-case hexadecimal digits.
    public let sha256: String
}

/// An output file that cannot be written. Its old self is untouched.
public struct OutputError: Error, CustomStringConvertible {
    public let file: URL
    public let reason: String

    /// Takes the reason from the operating system's last error.
    init(_ file: URL) {
        self.file = file
        reason = String(cString: strerror(errno))
    }

    public var description: String {
        """
        the output could not be written
          at: \(file.path)
          because: \(reason)
          saved: all that was mined, and the file as it was before

        hint: make room or give write permission there, then run the same command again
        """
    }
}

/// The SHA-256 of a file, in lower-case hexadecimal digits; nil where it cannot be read.
func sha256(of url: URL) throws -> String? {
    guard let handle = FileHandle(forReadingAtPath: url.path) else { return nil }
    defer { try? handle.close() }
    let digest = try Digest(.sha256)
    while let chunk = try handle.read(upToCount: 1 << 20), !chunk.isEmpty { digest.update(chunk) }
    return digest.finish()
}
