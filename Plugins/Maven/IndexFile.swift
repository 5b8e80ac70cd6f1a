import MavenFormats
import PackageMining
import RegistryDocuments

/// A file of a Nexus index, the whole or a chunk.
struct IndexFile: Codable, Hashable, Sendable {
    let url: String

    /// The newest chunk that the file holds: what it tells comes after what older ones told.
    let number: Int64

    /// When the index was written. A whole index has the same address each time.
    let timestamp: String

    /// In a whole index a deletion is an old mark, and a live document beside it stays.
    let isWhole: Bool

    var download: Download<IndexRecords> {
        var file = Download(url) { IndexRecords() }
        // Maven Central's has several GB as it is sent.
        file.sizeLimit = 256 << 30
        return file
    }

    /// Adds the release that a record tells of, if it does, and where it stands in the index.
    func append(_ record: IndexRecords.Record, behind count: Int64, to page: inout Page) {
        if isWhole && record.isDeletion { return }
        do throws(IndexedRelease.Unreadable) {
            guard let release = try IndexedRelease(record.coordinates) else { return }
            append(release, isDeletion: record.isDeletion, at: number << 32 + count + 1, to: &page)
        } catch {
            let text = printable(String(decoding: record.coordinates, as: UTF8.self), limit: 200)
            let detail = "a record without group, artifact, version or classifier: '\(text)'"
            page.note(Problem(.unreadable, at: url, detail, key: "\(url) \(text)"))
        }
    }

    private func append(_ release: IndexedRelease, isDeletion: Bool, at place: Int64, to page: inout Page) {
        guard isDeletion else {
            return page.append(name: release.name.span, version: release.version.span, place: place)
        }
        page.append(
            name: String(decoding: release.name, as: UTF8.self),
            Release(version: String(decoding: release.version, as: UTF8.self), place: place, isWithdrawn: true))
    }
}
