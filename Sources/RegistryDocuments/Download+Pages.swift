import ContentInflation
public import PackageMining
public import RecordReaders

/// Where the reading of a file stands: all that is needed to read on in another process, by range.
///
/// It holds of the one file that it was made in. Whether the registry still has that is for its plug-in to know; the
/// checksum inside a gzip stream goes on with it, and finds out at the end.
public struct ReadingPoint<Reader: ResumableReader>: Codable, Hashable, Sendable {
    let inflation: InflationPoint
    let reader: Reader

    /// How many entries the pages before it had.
    let entries: Int64
}

extension Download where Reader: ResumableReader {
    /// Hands over the file's entries page by page while it is read, each page with where the reading stands behind it.
    ///
    /// For a file whose packages cannot be held, and which takes so long that a run that was stopped has to go on inside
    /// it. What is handed over of a file that turns out wrong has been handed over; it is read anew from where it was to
    /// begin, and entries that come twice change nothing. The checksum of a file that is read on is not known.
    ///
    /// - Parameters:
    ///   - size: how many entries a page has, at least; some more, since there need not be a point at each place.
    ///   - point: where an earlier reading stood; nil at the beginning.
    ///   - begin: called before the first page of each reading that begins at the beginning.
    ///   - append: adds what a record tells to the page, and is told how many entries the file had before it.
    ///   - push: takes a page, and where the reading stands behind it, or, where the file has no point there, behind an
    ///     earlier one; nil where it has had none.
    /// - Returns: the last page, which is to be stored with the cursor behind the file.
    /// - Throws: `WireError`
    public func pages(
        of size: Int, from point: ReadingPoint<Reader>?, through session: any RegistrySession,
        begin: @escaping @Sendable () async throws -> Void,
        append: @escaping @Sendable (_ page: inout Page, _ record: Reader.Record, _ entriesBefore: Int64) -> Void,
        push: @escaping @Sendable (_ page: Page, _ point: ReadingPoint<Reader>?) async throws -> Void
    ) async throws -> Page {
        var request = Request(url)
        request.offset = point?.inflation.offset ?? 0
        let handler = PageHandler(size: size, begin: begin, append: append, push: push)
        return try await session.download(request) { try DownloadPageReader(of: self, from: point, handler) }
    }
}

/// What becomes of pages; see ``Download/pages(of:from:through:begin:append:push:)``.
struct PageHandler<Reader: ResumableReader>: Sendable {
    let size: Int
    let begin: @Sendable () async throws -> Void
    let append: @Sendable (inout Page, Reader.Record, Int64) -> Void
    let push: @Sendable (Page, ReadingPoint<Reader>?) async throws -> Void
}
