import Foundation

/// This package as it lies on the disk.
enum House {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    struct File {
        /// From the root: `Sources/README.md`.
        let path: String
        let text: String

        var name: String { String(path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]) }

        /// The modules that it imports, whatever the import is called.
        var imports: [String] {
            text.matches(of: /(?m)^(?:@\w+ |public |package |internal |fileprivate |private )*import (?:\w+ )?(\w+)/)
                .map { String($0.output.1) }
        }
    }

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }

    /// The files of a folder and those below, by their paths. None where there is no such folder.
    static func files(_ folder: String, endingIn ending: String = ".swift") throws -> [File] {
        let paths = FileManager.default.enumerator(atPath: root.appending(path: folder).path)?.compactMap {
            $0 as? String
        }
        return try (paths ?? []).filter { $0.hasSuffix(ending) && !$0.contains(".build/") }.sorted()
            .map { File(path: "\(folder)/\($0)", text: try text("\(folder)/\($0)")) }
    }

    static func subfolders(of folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)) ?? []
        return names.filter { !$0.hasPrefix(".") && isFolder("\(folder)/\($0)") }.sorted()
    }

    private static func isFolder(_ path: String) -> Bool {
        (try? root.appending(path: path).resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true
    }
}
