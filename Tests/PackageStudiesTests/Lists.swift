import Foundation
import MachineTools
import PackageStudies

/// A folder of lists for one test.
struct Lists: ~Copyable {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "studies-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }

    func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        try Data(bytes).write(to: folder.appending(path: name))
        return path(name)
    }

    func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

    /// A text as gzip packs it.
    func packed(_ text: String) throws -> [UInt8] {
        let (plain, packed) = (try write("plain", text), path("packed"))
        try Tool(executable: URL(filePath: "/bin/sh"))
            .runBriefly(["-c", "gzip -c \"$1\" > \"$2\"", "sh", plain, packed])
        return Array(try Data(contentsOf: URL(filePath: packed)))
    }

    /// What gzip makes of a file again.
    func unpacked(_ name: String) throws -> String {
        try Tool(executable: URL(filePath: "/bin/sh")).runBriefly(["-c", "gzip -dc \"$1\"", "sh", path(name)]).output
    }

    /// Every file below a folder with its text, by its path.
    func files(_ name: String) throws -> [String: String] {
        let root = path(name)
        var found: [String: String] = [:]
        for file in FileManager.default.enumerator(atPath: root)?.allObjects as? [String] ?? [] {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: "\(root)/\(file)", isDirectory: &isFolder)
            if !isFolder.boolValue { found[file] = try String(contentsOfFile: "\(root)/\(file)", encoding: .utf8) }
        }
        return found
    }

    static let header = "Package ID,Platform,Name,Homepage,Repository\n"
}
