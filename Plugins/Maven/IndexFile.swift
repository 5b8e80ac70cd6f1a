import ContentInflation
import MavenFormats
import PackageMining

/// Reads one file of a Nexus index as it arrives, whole or a chunk, and hands its releases over page by page, each with
/// where the reading stands behind it.
actor IndexFile: FileReader {
    /// Which file it is.
    struct Place: Codable, Hashable, Sendable {
        let url: String

        /// The newest chunk that the file holds: what it tells comes after what older ones told.
        let number: Int64

        /// When the index was written. A whole index has the same address each time.
        let timestamp: String

        /// In a whole index a deletion is an old mark, and a live document beside it stays.
        let isWhole: Bool
    }

    /// Where a reading stands: all that is needed to read on in another process, by range.
    struct Progress: Codable, Hashable, Sendable {
        let place: Place
        let point: InflationPoint
        let records: IndexRecords
        let count: Int64
    }

    private let place: Place
    private let pageSize: Int
    private let begin: @Sendable () async throws -> Void
    private let push: @Sendable (Page, Progress?) async throws -> Void
    private let inflater: Inflater
    private var records: IndexRecords
    private var count: Int64
    private var page = Page()

    /// How many records on the page could not be read.
    private var unreadable = 0
    private var progress: Progress?

    /// - Parameters:
    ///   - begin: called before the first page of a file that is read from its beginning.
    ///   - push: takes a page, and where the reading stands behind it, or, where the file has no place to go on from
    ///     there, behind an earlier one.
    init(
        _ place: Place, from progress: Progress?, pageSize: Int, begin: @escaping @Sendable () async throws -> Void,
        push: @escaping @Sendable (Page, Progress?) async throws -> Void
    ) throws {
        self.place = place
        self.progress = progress
        self.pageSize = pageSize
        self.begin = begin
        self.push = push
        inflater = try progress.map { try Inflater(at: $0.point) } ?? Inflater()
        records = progress?.records ?? IndexRecords()
        count = progress?.count ?? 0
    }

    func take(_ chunk: [UInt8]) async throws {
        inflater.feed(chunk)
        while let piece = try read({ try inflater.next() }) { try await keep(piece) }
        try await pushAtPoint()
    }

    /// - Returns: the last page, which is to be stored with the cursor behind the file.
    /// - Throws: `WireError` for a file that was cut.
    func finish() async throws -> Page {
        while let piece = try read({ try inflater.finish() }) { try await keep(piece) }
        try read { try records.finish() }
        if count == 0 { try await begin() }
        return page
    }

    private func keep(_ piece: [UInt8]) async throws {
        records.feed(piece)
        while let record = try read({ try records.next() }) {
            if place.isWhole && record.isDeletion { continue }
            guard try await append(record) else { continue }
            if held == pageSize { inflater.wantPoint() }
            // There need not be a point for long.
            if held == 2 * pageSize { try await pushPage() }
        }
        try await pushAtPoint()
    }

    private func pushAtPoint() async throws {
        guard held >= pageSize, let point = inflater.point else { return }
        progress = Progress(place: place, point: point, records: records.kept, count: count)
        try await pushPage()
    }

    private func pushPage() async throws {
        let full = page
        page = Page(reserving: pageSize)
        unreadable = 0
        try await push(full, progress)
    }

    /// Records that the page holds, read or not.
    private var held: Int { page.count + unreadable }

    /// - Returns: whether the record is one of the page.
    private func append(_ record: IndexRecords.Record) async throws -> Bool {
        do {
            guard let release = try IndexedRelease(record.coordinates) else { return false }
            if count == 0 { try await begin() }
            count += 1
            append(release, isDeletion: record.isDeletion)
        } catch is IndexedRelease.Unreadable {
            let text = printable(String(decoding: record.coordinates, as: UTF8.self), limit: 200)
            page.note(
                Problem(
                    .unreadable, at: place.url, "a record without group, artifact, version or classifier: '\(text)'",
                    key: "\(place.url) \(text)"))
            unreadable += 1
        }
        return true
    }

    private func append(_ release: IndexedRelease, isDeletion: Bool) {
        let place = place.number << 32 + count
        guard isDeletion else {
            return page.append(name: release.name.span, version: release.version.span, place: place)
        }
        page.append(
            name: String(decoding: release.name, as: UTF8.self),
            Release(version: String(decoding: release.version, as: UTF8.self), place: place, isWithdrawn: true))
    }

    private func read<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            throw WireError(
                .malformed, url: place.url, "the index cannot be read: \(error)", status: 200, cause: error)
        }
    }
}
