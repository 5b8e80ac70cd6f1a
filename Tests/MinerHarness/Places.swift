public import Foundation

/// The repository's fixtures, and real data where this checkout has some.
public enum Places {
    fileprivate static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    public static var fixtures: URL { root.appending(path: "fixtures") }

    public static func fixture(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: fixtures.appending(path: path)))
    }

    public static func fixtureText(_ path: String) throws -> String {
        String(decoding: try fixture(path), as: UTF8.self)
    }

    /// What registries really served: the folder that PKGMINE_REAL_DATA names, else `../shared/real`. Not part of
    /// the repository; tests that need it are skipped without.
    public static let realData: URL? = {
        let named = ProcessInfo.processInfo.environment["PKGMINE_REAL_DATA"].map { URL(filePath: $0) }
        let folder = named ?? root.deletingLastPathComponent().appending(path: "shared/real")
        return FileManager.default.fileExists(atPath: folder.path()) ? folder : nil
    }()

    public static func real(_ path: String) throws -> [UInt8] {
        guard let realData else { return [] }
        return Array(try Data(contentsOf: realData.appending(path: path)))
    }
}

extension Places {
    /// The files of a fixture, by their paths inside it.
    public static func files(of fixture: String) throws -> [(path: String, bytes: [UInt8])] {
        let folder = root.appending(path: "fixtures").appending(path: fixture)
        return try FileManager.default.subpathsOfDirectory(atPath: folder.path()).sorted().compactMap { path in
            let file = folder.appending(path: path)
            guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { return nil }
            return (path, Array(try Data(contentsOf: file)))
        }
    }
}
