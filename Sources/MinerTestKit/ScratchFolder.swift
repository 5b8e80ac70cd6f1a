public import Foundation

/// A folder of a test's own in the temporary folder, which is removed with this value: all that a test writes lies in
/// it.
///
/// Names are hostile in tests too: a flaw that is planted on purpose would otherwise write wherever `../../etc/passwd`
/// leads.
public final class ScratchFolder: Sendable {
    public let url: URL

    public init(named name: String = "scratch") throws {
        url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "\(name)-\(UUID().uuidString)", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Where a file of that name lies; nil where the name leads out of the folder, stands for the folder itself, or is
    /// one that no file can have.
    public func file(named name: String) -> URL? {
        if name.unicodeScalars.contains("\0") || name.utf8.count > 255 { return nil }
        let file = URL(filePath: url.path + "/" + name).standardizedFileURL.resolvingSymlinksInPath()
        return file.path.hasPrefix(url.path + "/") ? file : nil
    }
}
