package import Foundation
import PackageMining

/// The folder of the lists, which is made where it is missing.
package struct OutputFolder {
    private let url: URL

    package init(url: URL) { self.url = url }

    /// - Throws: ``OutputFolderUnusable``
    package func make() throws {
        try make(url.standardizedFileURL.path)
    }

    /// Not by Foundation, whose error does not say what the system has against it.
    private func make(_ path: String) throws {
        var code = mkdir(path, 0o777) == 0 ? 0 : errno
        let parent = URL(filePath: path).deletingLastPathComponent().path
        if code == ENOENT, parent != path {
            try make(parent)
            code = mkdir(path, 0o777) == 0 ? 0 : errno
        }
        if code == 0 { return }
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue { return }
        throw OutputFolderUnusable(folder: url.path, reason: String(cString: strerror(code)))
    }
}

/// The folder for the lists cannot be made, so that nothing could be kept.
struct OutputFolderUnusable: Error, CustomStringConvertible {
    let folder: String
    let reason: String

    var description: String {
        """
        the output folder cannot be made
          at: \(printable(folder, limit: 4_096))
          because: \(printable(reason))
          saved: nothing; no run has begun

        hint: choose another folder with --output-dir, or make room or give write permission there
        """
    }
}
