import Foundation

/// Files that the tests use where they are at hand and that are not part of the repository.
enum RealData {
    /// The folder that `PKGMINE_REAL_DATA` names, or else `../shared/real` beside the package.
    static let folder: URL? = {
        if let named = ProcessInfo.processInfo.environment["PKGMINE_REAL_DATA"] { return URL(filePath: named) }
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let beside = package.deletingLastPathComponent().appending(path: "shared/real")
        return FileManager.default.fileExists(atPath: beside.path()) ? beside : nil
    }()

    static func file(_ path: String) -> URL? {
        guard let file = folder?.appending(path: path) else { return nil }
        return FileManager.default.fileExists(atPath: file.path()) ? file : nil
    }
}
