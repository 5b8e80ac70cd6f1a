import RepositoryAddresses

/// The second reading of the lists, which keeps the rows that take part in an overlap.
struct SecondPass: Sendable {
    /// A kept row. Its fields lie one behind another among the bytes of its piece.
    struct Row: Sendable {
        let group: UInt32
        let piece: UInt32
        let start: UInt32
        let id: UInt32
        let name: UInt32
        let homepage: UInt32
        let repository: UInt32
        let platform: UInt16
        /// The position of the inference among all, from 1; 0 for none.
        let inference: UInt8
    }

    struct Piece: Sendable {
        var rows: [Row] = []
        var bytes: [UInt8] = []
        /// What the groups of this piece are called: the group, and where the text lies in ``titles``.
        var groups: [(group: UInt32, range: Range<Int>)] = []
        var titles: [UInt8] = []
    }

    private(set) var pieces: [[UInt8]] = []
    private(set) var rows: [[Row]] = []
    private(set) var titles: [Range<Int>]
    private(set) var titleBytes: [UInt8] = []

    init(groups: Int) {
        titles = Array(repeating: 0..<0, count: groups)
    }

    mutating func take(_ position: ListChunk.Position, _ piece: Piece) {
        while pieces.count <= position.sequence {
            pieces.append([])
            rows.append([])
        }
        pieces[position.sequence] = piece.bytes
        rows[position.sequence] = piece.rows
        for (group, range) in piece.groups where titles[Int(group)].isEmpty {
            let start = titleBytes.count
            titleBytes.append(contentsOf: piece.titles[range])
            titles[Int(group)] = start..<titleBytes.count
        }
    }

    /// Lets go of the rows once they are grouped.
    mutating func dropRows() { rows = [] }

    func title(_ group: UInt32) -> ArraySlice<UInt8> { titleBytes[titles[Int(group)]] }

    static func read(
        _ chunk: ListChunk, _ options: ComparisonOptions, _ pass: FirstPass, _ shared: SharedKeys
    ) throws(RowFault) -> Piece {
        let keys = pass.keys[chunk.sequence] ?? []
        let platforms = pass.platforms[chunk.sequence] ?? []
        var piece = Piece()
        var matcher = RowMatcher(options)
        var entered = UInt16.max
        var seen: Set<UInt32> = []
        let text = chunk.bytes.span
        var rows = RowReader(chunk.columns)
        var index = 0
        while try rows.advance(text) {
            guard index < keys.count else { throw changed(rows) }
            defer { index += 1 }
            guard keys[index] != .none, let group = shared.groups[keys[index]] else { continue }
            let platform = platforms.count == 1 ? platforms[0] : platforms[index]
            if platform != entered {
                matcher.enter(platform: pass.names[Int(platform)])
                entered = platform
            }
            var inference: Inference?
            if options.inferring || seen.insert(group).inserted {
                inference = piece.addTitle(group, rows, text, matcher, options)
            }
            piece.add(group, platform, inference, UInt32(chunk.sequence), rows, text)
        }
        guard index == keys.count else { throw changed(rows) }
        return piece
    }

    private static func changed(_ rows: RowReader) -> RowFault {
        RowFault(offset: rows.cursor.start, reason: "the list was changed while it was read")
    }
}

extension SecondPass.Piece {
    fileprivate mutating func addTitle(
        _ group: UInt32, _ rows: RowReader, _ text: Span<UInt8>, _ matcher: RowMatcher,
        _ options: ComparisonOptions
    ) -> Inference? {
        let start = titles.count
        var inference: Inference?
        if options.match == .name {
            rows.value(.name, of: text) { titles.append(contentsOf: $0.copy(0..<$0.count)) }
        } else if let repository = matcher.repository(rows, text) {
            inference = repository.inference
            titles.append(contentsOf: repository.bytes)
        }
        groups.append((group, start..<titles.count))
        return inference
    }

    mutating func add(
        _ group: UInt32, _ platform: UInt16, _ inference: Inference?, _ piece: UInt32, _ reader: RowReader,
        _ text: Span<UInt8>
    ) {
        let start = bytes.count
        let id = append(.id, reader, text)
        let name = append(.name, reader, text)
        let homepage = append(.homepage, reader, text)
        let repository = append(.repository, reader, text)
        let label = inference.flatMap { Inference.allCases.firstIndex(of: $0) }.map { UInt8($0 + 1) } ?? 0
        rows.append(
            SecondPass.Row(
                group: group, piece: piece, start: UInt32(start), id: id, name: name, homepage: homepage,
                repository: repository, platform: platform, inference: label))
    }

    private mutating func append(_ column: ListColumn, _ reader: RowReader, _ text: Span<UInt8>) -> UInt32 {
        reader.value(column, of: text) { value in
            for index in 0..<value.count { bytes.append(value[index]) }
            return UInt32(value.count)
        }
    }
}
