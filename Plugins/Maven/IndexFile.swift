import ContentInflation
import PackageMining

/// Reads one file of a Nexus index as it arrives, whole or a chunk, and hands its releases over page by page.
actor IndexFile {
    private static let pageSize = 20_000

    private let url: String
    private let firstPlace: Int64
    private let takesDeletions: Bool
    private let inflater = Inflater()
    private var records = IndexRecords()
    private var count: Int64 = 0
    private var page = Page()
    private let push: @Sendable (Page) async throws -> Void

    /// - Parameters:
    ///   - number: the newest chunk that the file holds: what it tells comes after what older ones told.
    ///   - takesDeletions: in a whole index a deletion is an old mark, and a live document beside it stays.
    init(url: String, number: Int64, takesDeletions: Bool, push: @escaping @Sendable (Page) async throws -> Void) {
        self.url = url
        firstPlace = number << 32
        self.takesDeletions = takesDeletions
        self.push = push
    }

    func take(_ chunk: [UInt8]) async throws {
        inflater.feed(chunk)
        while let piece = try read({ try inflater.next() }) { try await keep(piece) }
    }

    /// - Returns: the last page, which is to be stored with the cursor behind the file.
    /// - Throws: `WireError` for a file that was cut.
    func finish() async throws -> Page {
        while let piece = try read({ try inflater.finish() }) { try await keep(piece) }
        _ = try read { try records.finish() }
        return page
    }

    private func keep(_ piece: [UInt8]) async throws {
        records.feed(piece)
        while let record = try read({ try records.next() }) {
            guard takesDeletions || !record.isDeletion else { continue }
            guard let release = ArtifactCoordinates(record.coordinates) else { continue }
            count += 1
            if record.isDeletion {
                page.append(
                    name: String(decoding: release.name, as: UTF8.self),
                    Release(
                        version: String(decoding: release.version, as: UTF8.self), place: firstPlace + count,
                        isWithdrawn: true))
            } else {
                page.append(name: release.name.span, version: release.version.span, place: firstPlace + count)
            }
            if page.count == IndexFile.pageSize {
                let full = page
                page = Page(reserving: IndexFile.pageSize)
                try await push(full)
            }
        }
    }

    private func read<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            throw WireError(.malformed, url: url, "the index cannot be read: \(error)", status: 200, cause: error)
        }
    }
}
