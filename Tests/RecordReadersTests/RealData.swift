import Foundation

/// What registries really served, and what databases really wrote: the folder that PKGMINE_REAL_DATA names, else
/// `../shared/real`. Not part of the repository; tests that need it are skipped without.
enum RealData {
    static let folder: URL? = {
        let named = ProcessInfo.processInfo.environment["PKGMINE_REAL_DATA"].map { URL(filePath: $0) }
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = named ?? root.deletingLastPathComponent().appending(path: "shared/real")
        return FileManager.default.fileExists(atPath: folder.path()) ? folder : nil
    }()

    static func bytes(_ path: String) throws -> [UInt8] {
        guard let folder else { return [] }
        return Array(try Data(contentsOf: folder.appending(path: path)))
    }
}
