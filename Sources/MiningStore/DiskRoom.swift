package import Foundation
import PackageMining

/// The room on the disk of a state: a run stops before that is used up, with enough left to publish what is known.
///
/// SQLite and the system tell of a full disk when it is full, and then nothing can be published or moved either.
package struct DiskRoom: Sendable {
    /// The log before it is moved into the file, twice.
    private static let mostForLog = 64 << 20
    /// A row of the list, which is written beside the last one, and a Package ID.
    private static let perPackage = 160

    /// Bytes that are free to the user in a folder, or in the one above it that is there; nil where the system does not
    /// tell.
    package static func free(in folder: URL) -> Int? {
        var facts = statvfs()
        var folder = folder.standardizedFileURL
        while statvfs(folder.path, &facts) != 0 {
            if errno != ENOENT || folder.path == "/" { return nil }
            folder.deleteLastPathComponent()
        }
        let (bytes, isTooLarge) = UInt64(facts.f_bavail).multipliedReportingOverflow(by: UInt64(facts.f_frsize))
        return isTooLarge ? .max : Int(clamping: bytes)
    }

    private let folder: URL
    private let free: @Sendable (URL) -> Int?

    package init(_ folder: URL, free: @escaping @Sendable (URL) -> Int? = { free(in: $0) }) {
        self.folder = folder
        self.free = free
    }

    /// - Parameters:
    ///   - packages: how many the state holds.
    ///   - bytes: how long its file is.
    ///   - growth: what is about to be written, beyond what is small.
    /// - Throws: `StateError.diskNearlyFull`
    func hold(packages: Int, bytes: Int, growth: Int = 0) throws {
        let kept = min(bytes, Self.mostForLog) + packages * Self.perPackage + growth
        guard let free = free(folder), free < kept else { return }
        throw StateError.diskNearlyFull(folder: folder.path, free: free, kept: kept)
    }
}
