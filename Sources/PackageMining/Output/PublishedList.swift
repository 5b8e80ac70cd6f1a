package import Foundation

/// A list as its last run published it.
package struct PublishedList: Sendable {
    /// The list's file name: `Go.csv`.
    package let path: String
    package let platform: String
    package let rows: Int

    /// What the last run of an ecosystem published to a folder; nil where none did.
    package init?(of ecosystem: String, in folder: URL) {
        guard let entry = DataPackage(folder: folder).entry(of: ecosystem) else { return nil }
        path = entry.path
        platform = entry.mining.platform
        rows = entry.file.rows
    }
}
