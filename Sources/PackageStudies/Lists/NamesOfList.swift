public import PackageMining

/// The names of a list, without its other columns.
public struct NamesOfList: Sendable {
    private let path: String

    public init(_ path: String) {
        self.path = path
    }

    /// Hands over all names, piece by piece, in no particular order.
    ///
    /// - Throws: ``StudyError`` with file and line where the list is not one.
    public func read(_ take: (Page) async throws -> Void) async throws {
        try await ListScan(paths: [path]).run(work: Self.names) { _, page in try await take(page) }
    }

    private static func names(_ chunk: ListChunk) throws(RowFault) -> Page {
        let text = chunk.bytes.span
        var rows = RowReader(chunk.columns)
        var page = Page(bytes: chunk.bytes.count / 2, ofNames: true)
        let none: [UInt8] = []
        while try rows.advance(text) {
            rows.value(.name, of: text) { page.append(name: $0, version: none.span, place: 0) }
        }
        return page
    }
}
