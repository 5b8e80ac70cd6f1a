import ContentInflation
import PackageMining
import RecordReaders

/// Reads a ``Download`` in pages, once.
actor DownloadPageReader<Reader: ResumableReader>: FileReader {
    private let file: Download<Reader>
    private let handler: PageHandler<Reader>
    private var tally: ContentTally?
    private let inflater: Inflater
    private var reader: Reader
    private var page = Page()
    private var point: ReadingPoint<Reader>?
    private var entries: Int64
    private var hasBegun: Bool

    init(of file: Download<Reader>, from point: ReadingPoint<Reader>?, _ handler: PageHandler<Reader>) throws {
        self.file = file
        self.handler = handler
        self.point = point
        tally = try point == nil ? file.checksum.map(ContentTally.init) : nil
        inflater =
            try point.map { try Inflater(at: $0.inflation, limit: file.sizeLimit) } ?? Inflater(limit: file.sizeLimit)
        reader = point?.reader ?? file.makeReader()
        entries = point?.entries ?? 0
        hasBegun = point != nil
    }

    func take(_ chunk: [UInt8]) async throws {
        tally?.take(chunk)
        inflater.feed(chunk)
        while let piece = try file.readable({ try inflater.next() }) { try await keep(piece) }
        try await pushAtPoint()
    }

    func finish() async throws -> Page {
        while let piece = try file.readable({ try inflater.finish() }) { try await keep(piece) }
        while let record = try file.readable({ try reader.finish() }) { append(record) }
        try file.verify(tally)
        try await begin()
        return page
    }

    private func keep(_ piece: [UInt8]) async throws {
        reader.feed(piece)
        while let record = try file.readable({ try reader.next() }) {
            append(record)
            if held >= handler.size { inflater.wantPoint() }
            // There need not be a point for long.
            if held >= 2 * handler.size { try await push() }
        }
        try await pushAtPoint()
    }

    /// What the page has, entries that could not be read among it: a file of nothing else comes in pages too.
    private var held: Int { page.count + page.problems.count }

    private func append(_ record: Reader.Record) {
        handler.append(&page, record, entries + Int64(page.count))
    }

    private func pushAtPoint() async throws {
        guard held >= handler.size, let inflation = inflater.point else { return }
        point = ReadingPoint(inflation: inflation, reader: reader.kept, entries: entries + Int64(page.count))
        try await push()
    }

    private func push() async throws {
        let full = page
        page = Page(reserving: handler.size)
        entries += Int64(full.count)
        try await begin()
        try await handler.push(full, point)
    }

    private func begin() async throws {
        if hasBegun { return }
        hasBegun = true
        try await handler.begin()
    }
}
