import ChecksumDatabase
import PackageMining

/// Makes a page of the records of a data tile. The place of an entry is its record's number.
struct RecordPage {
    private let tile: Tile
    private let ofNames: Bool

    init(_ tile: Tile, ofNames: Bool) {
        self.tile = tile
        self.ofNames = ofNames
    }

    /// - Throws: ``MalformedDocument`` for records that do not have that root.
    func read(_ body: [UInt8], root: TreeHash) throws -> Page {
        var page = Page(reserving: tile.count, bytes: tile.count * 48, ofNames: ofNames)
        let hasher = try TreeHasher()
        let hashes = try body.withUnsafeBytes { bytes in
            var last: (record: Int, line: DataTile.Line)?
            return try DataTile.read(bytes, from: tile.number * Tile.width, count: tile.count, by: hasher) {
                if let last, last.record == $0, isSame(last.line, $1) { return }
                last = ($0, $1)
                append($1, of: $0, to: &page)
            }
        }
        guard hasher.root(of: hashes) == root else {
            throw MalformedDocument("the records of \(tile.path) do not have the hash that the tree has for them")
        }
        page.tell(answers: 1, entries: tile.count)
        return page
    }

    /// Most records have two lines: one for the files of a module version, one for its go.mod.
    private func isSame(_ a: DataTile.Line, _ b: DataTile.Line) -> Bool {
        a.path.elementsEqual(b.path) && (ofNames || a.version.elementsEqual(b.version))
    }

    private func append(_ line: DataTile.Line, of record: Int, to page: inout Page) {
        let version = ofNames ? UnsafeRawBufferPointer(rebasing: line.version[..<0]) : line.version
        page.append(name: Span(_unsafeBytes: line.path), version: Span(_unsafeBytes: version), place: Int64(record))
    }
}
