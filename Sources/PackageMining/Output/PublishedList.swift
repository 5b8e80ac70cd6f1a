package import Foundation

/// A list as its last run published it.
package struct PublishedList: Sendable {
    /// The list's file name: `Go.csv`.
    package let path: String
    package let platform: String
    package let rows: Int

    /// How its files are no longer as they were published, in words. Told by what lies there and how large it is: taking
    /// the checksum of gigabytes takes a minute.
    package let changes: [String]

    /// What the last run of an ecosystem published to a folder; nil where none did.
    package init?(of ecosystem: String, in folder: URL) {
        guard let entry = DataPackage(folder: folder).entry(of: ecosystem) else { return nil }
        path = entry.path
        platform = entry.mining.platform
        rows = entry.file.rows
        changes = [entry.file, entry.problems, entry.outcomes].compactMap { $0?.change(in: folder) }
    }
}

extension ListEntry.FileFacts {
    fileprivate func change(in folder: URL) -> String? {
        var found = stat()
        guard stat(folder.appending(path: path).path, &found) == 0 else {
            return errno == ENOENT ? "\(path) is gone" : "\(path): \(String(cString: strerror(errno)))"
        }
        let size = Int(found.st_size)
        return size == bytes ? nil : "\(path) is of \(grouped(size)) bytes, not \(grouped(bytes))"
    }
}
