/// Packages by their keys. Lists have hundreds of thousands of them, so that their texts lie one behind another in a few
/// pieces of memory, and each takes some 20 bytes besides.
struct HeldPackages: Sendable {
    /// Where a package lies: in which piece, and which bytes of it.
    private struct Row: Sendable {
        let piece: UInt32
        let start: UInt32
        let count: UInt32
    }

    /// A piece is never made larger: that would hold it twice meanwhile.
    private static let pieceSize = 1 << 20

    private var pieces: [[UInt8]] = []
    private var rows: [Row] = []

    /// For each key the row and 1, at the place that its hash names or the next free one; 0 where it is free.
    private var slots = [UInt32](repeating: 0, count: 1 << 10)

    /// How many bytes there are, and how many of them are of packages that others have replaced.
    private var size = 0
    private var replaced = 0

    var count: Int { rows.count }

    func row(ofKey key: ArraySlice<UInt8>) -> UInt32? {
        let slot = slots[slot(of: key)]
        return slot == 0 ? nil : slot - 1
    }

    mutating func append(_ package: HeldPackage) {
        if (rows.count + 1) * 4 > slots.count * 3 { growSlots() }
        rows.append(store(package))
        slots[slot(of: package.key)] = UInt32(rows.count)
    }

    subscript(row: UInt32) -> HeldPackage {
        get {
            let row = rows[Int(row)]
            let bytes = pieces[Int(row.piece)][Int(row.start)..<Int(row.start + row.count)]
            let place = bytes.prefix(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
            return HeldPackage(bytes.dropFirst(8), at: Int64(bitPattern: place))
        }
        set {
            replaced += Int(rows[Int(row)].count)
            rows[Int(row)] = store(newValue)
            if replaced > max(size / 3, Self.pieceSize) { forgetReplaced() }
        }
    }

    /// In the order of the packages' places, and of their names where places are equal. No package is looked for by its
    /// key afterwards.
    mutating func sortedRows() -> [UInt32] {
        slots = []
        return rows.indices.map(UInt32.init).sorted { self[$0].precedes(self[$1]) }
    }

    private mutating func store(_ package: HeldPackage) -> Row {
        let count = 8 + package.text.count
        if pieces.last.map({ $0.count + count > Self.pieceSize }) ?? true {
            pieces.append([])
            pieces[pieces.count - 1].reserveCapacity(max(count, Self.pieceSize))
        }
        let piece = pieces.count - 1
        let row = Row(piece: UInt32(piece), start: UInt32(pieces[piece].count), count: UInt32(count))
        let place = UInt64(bitPattern: package.place)
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            pieces[piece].append(UInt8(truncatingIfNeeded: place >> shift))
        }
        pieces[piece].append(contentsOf: package.text)
        size += count
        return row
    }

    private mutating func forgetReplaced() {
        let old = self
        (pieces, size, replaced) = ([], 0, 0)
        for row in rows.indices { rows[row] = store(old[UInt32(row)]) }
    }

    // MARK: - Slots

    private func slot(of key: ArraySlice<UInt8>) -> Int {
        var hasher = Hasher()
        key.withUnsafeBytes { hasher.combine(bytes: $0) }
        var slot = hasher.finalize() & (slots.count - 1)
        while slots[slot] != 0, self[slots[slot] - 1].key != key { slot = (slot + 1) & (slots.count - 1) }
        return slot
    }

    private mutating func growSlots() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for row in rows.indices { slots[slot(of: self[UInt32(row)].key)] = UInt32(row) + 1 }
    }
}
