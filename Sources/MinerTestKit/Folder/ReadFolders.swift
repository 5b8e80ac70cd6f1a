import Foundation
import Synchronization

/// The folders of fixtures that were read in the body of ``keepingWhatIsRead(_:)``: hundreds of attacks have a fixture
/// each, and the folder is the same for all.
final class ReadFolders: Sendable {
    @TaskLocal private static var kept: ReadFolders?

    private let folders = Mutex<[URL: FixtureFolder]>([:])

    /// Reads each folder once while `body` runs.
    static func keepingWhatIsRead<Result>(_ body: () async throws -> Result) async throws -> Result {
        try await $kept.withValue(ReadFolders()) { try await body() }
    }

    /// The folder as it lies on disk, or as it did when it was read.
    static func folder(at url: URL) throws -> FixtureFolder {
        guard let kept else { return try FixtureFolder(url) }
        if let known = kept.folders.withLock({ $0[url] }) { return known }
        let folder = try FixtureFolder(url)
        kept.folders.withLock { $0[url] = folder }
        return folder
    }
}
