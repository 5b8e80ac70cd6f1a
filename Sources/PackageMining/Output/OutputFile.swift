import ContentDigest
import ContentInflation
public import Foundation

/// A file that is written beside its old self and takes its place when it is whole.
///
/// Readers see the old file or the new one, never a part: the new one is on the disk before it is renamed. One whose
/// name ends in `.gz` is gzip.
package struct OutputFile: ~Copyable {
    private let destination: URL
    private let draft: Draft
    private var buffer: [UInt8] = []
    private let digest: Digest
    private var bytes = 0
    /// Nil for a file that is not gzip, and behind the end of one that is.
    private var encoder: GzipEncoder?

    private static var bufferSize: Int { 1 << 18 }

    /// - Parameter draft: Where it is made until it is whole, on the same disk; nil for beside its destination.
    package init(_ destination: URL, draft: URL? = nil) throws {
        let digest = try Digest(.sha256)
        encoder = try Self.encoder(for: destination)
        self.draft = try Draft.begin(destination, at: draft)
        self.digest = digest
        self.destination = destination
        buffer.reserveCapacity(Self.bufferSize + 4096)
    }

    private static func encoder(for destination: URL) throws -> GzipEncoder? {
        do { return isGzip(destination) ? try GzipEncoder() : nil } catch {
            throw OutputError(destination, error.description)
        }
    }

    /// Adds bytes that `fill` appends to the buffer.
    package mutating func write(_ fill: (inout [UInt8]) -> Void) throws {
        fill(&buffer)
        if buffer.count >= Self.bufferSize { try flush() }
    }

    /// Ends the file and puts it on the disk: nothing more is written to it. Of several files, none is published before
    /// all are there.
    package mutating func sync() throws {
        try flush()
        if let encoder { try write(encoder.finish()) }
        encoder = nil
        try draft.sync()
    }

    /// Puts the file in its place.
    package consuming func publish() throws -> PublishedFile {
        try sync()
        try draft.place()
        try FinishedFile.syncFolder(of: destination)
        return PublishedFile(url: destination, bytes: bytes, sha256: digest.finish())
    }

    /// Ends a file whose place it takes later, with others: see ``FinishedFile/place(_:)``.
    package consuming func finish() throws -> FinishedFile {
        try sync()
        let published = PublishedFile(url: destination, bytes: bytes, sha256: digest.finish())
        return FinishedFile(published: published, draft: draft.leave())
    }

    /// Leaves nothing behind: neither the draft nor an older file.
    package consuming func discard() throws { try Self.remove(destination) }

    /// Removes a file of an earlier run, where there is one.
    static func remove(_ file: URL) throws {
        guard unlink(file.path) == 0 || errno == ENOENT else { throw OutputError(file) }
    }

    private mutating func flush() throws {
        if buffer.isEmpty { return }
        try write(encoder?.encode(buffer) ?? buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    private mutating func write(_ piece: [UInt8]) throws {
        digest.update(piece)
        bytes += piece.count
        try draft.write(piece)
    }
}

/// Whether a file is gzip, by its name: `Go.csv.gz`.
func isGzip(_ file: URL) -> Bool { file.pathExtension.lowercased() == "gz" }

/// A file that is whole and on the disk, and not yet in its place. Its draft is left to who made it.
package struct FinishedFile: Sendable {
    /// What it will be.
    package let published: PublishedFile
    let draft: String

    /// Puts files in their places, in their order.
    package static func place(_ files: [FinishedFile]) throws {
        for file in files {
            guard rename(file.draft, file.published.url.path) == 0 else { throw OutputError(file.published.url) }
        }
        var synced: Set<URL> = []
        for file in files where synced.insert(file.published.url.deletingLastPathComponent()).inserted {
            try syncFolder(of: file.published.url)
        }
    }

    /// A rename is safe from a power cut only when its folder is on the disk as well.
    fileprivate static func syncFolder(of destination: URL) throws {
        let folder = open(destination.deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { throw OutputError(destination) }
        defer { close(folder) }
        guard fsync(folder) == 0 || errno == EINVAL else { throw OutputError(destination) }
    }
}

/// A file that is in its place.
public struct PublishedFile: Hashable, Sendable {
    public let url: URL
    public let bytes: Int
    /// In lower-case hexadecimal digits.
    public let sha256: String
}

/// The SHA-256 of a file, in lower-case hexadecimal digits; nil where it cannot be read.
func sha256(of url: URL) throws -> String? {
    guard let handle = FileHandle(forReadingAtPath: url.path) else { return nil }
    let digest = try Digest(.sha256)
    while let chunk = try handle.read(upToCount: 1 << 20), !chunk.isEmpty { digest.update(chunk) }
    return digest.finish()
}
