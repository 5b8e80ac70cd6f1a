import RepositoryAddresses

/// One of two lists that are compared, all of it.
struct DifferenceSide: Sendable {
    struct Piece: Sendable {
        var kept = SecondPass.Piece()
        var keys: [TextKey] = []
        var names: [[UInt8]] = []
    }

    private(set) var rows: [SecondPass.Row] = []
    private(set) var keys: [TextKey] = []
    private(set) var repeated = 0
    private var store = SecondPass(groups: 0)
    private var platforms: [[UInt8]] = []
    private var table = KeyTable()

    init(_ path: String, _ hash: KeyedHash, _ reader: AddressReader) async throws {
        var numbers: [[UInt8]: Int] = [:]
        try await ListScan(paths: [path]).run { chunk throws(RowFault) in
            try Self.read(chunk, hash)
        } take: { place, piece in
            let global = piece.names.map { name in
                let number = numbers[name] ?? platforms.count
                if number == platforms.count {
                    numbers[name] = number
                    platforms.append(name)
                }
                return UInt16(truncatingIfNeeded: number)
            }
            guard platforms.count <= FirstPass.platformLimit else {
                throw StudyError.wrongUse(
                    "\(path) names more than 1,000 platforms; is the Platform column what it says?")
            }
            rows.append(contentsOf: piece.kept.rows.map { $0.with(platform: global[Int($0.platform)]) })
            keys.append(contentsOf: piece.keys)
            store.take(place, piece.kept)
        }
        store.dropRows()
        index(reader)
    }

    private mutating func index(_ reader: AddressReader) {
        for row in rows.indices {
            var taken: UInt32 = 0
            table.update(keys[row]) { old in
                taken = old
                return old == 0 ? UInt32(row + 1) : old
            }
            guard taken != 0 else { continue }
            repeated += 1
            if goesBefore(row, Int(taken) - 1, reader) { table.update(keys[row]) { _ in UInt32(row + 1) } }
        }
    }

    /// Whether a row is compared rather than another of the same package: it says more, or is the first by its text.
    private func goesBefore(_ left: Int, _ right: Int, _ reader: AddressReader) -> Bool {
        for column in [ListColumn.repository, .homepage] {
            let (one, two) = (isMissing(column, left, reader), isMissing(column, right, reader))
            if one != two { return two }
        }
        for column in [ListColumn.repository, .homepage] where field(column, left) != field(column, right) {
            return field(column, left).lexicographicallyPrecedes(field(column, right))
        }
        return false
    }

    private func isMissing(_ column: ListColumn, _ row: Int, _ reader: AddressReader) -> Bool {
        let platform = String(decoding: platform(row), as: UTF8.self)
        return reader.isMissing(field(column, row).span, shorthand: ShorthandRule(platform: platform))
    }

    func find(_ key: TextKey) -> Int? { table[key].map { Int($0) - 1 } }

    func isCompared(_ row: Int) -> Bool { find(keys[row]) == row }

    func field(_ column: ListColumn, _ row: Int) -> ArraySlice<UInt8> { store.field(column, of: rows[row]) }

    func platform(_ row: Int) -> ArraySlice<UInt8> { platforms[Int(rows[row].platform)][...] }

    func packagesByPlatform() -> [ArraySlice<UInt8>: Int] {
        var counts = Array(repeating: 0, count: platforms.count)
        for row in rows.indices where isCompared(row) { counts[Int(rows[row].platform)] += 1 }
        return Dictionary(uniqueKeysWithValues: zip(platforms.map { $0[...] }, counts))
    }

    private static func read(_ chunk: ListChunk, _ hash: KeyedHash) throws(RowFault) -> Piece {
        let text = chunk.bytes.span
        var reader = RowReader(chunk.columns)
        var piece = Piece()
        var numbers: [[UInt8]: UInt16] = [:]
        while try reader.advance(text) {
            var subject = try reader.platform(of: text)
            let number = numbers[subject] ?? UInt16(truncatingIfNeeded: numbers.count)
            if numbers[subject] == nil {
                guard numbers.count < FirstPass.platformLimit else {
                    throw RowFault(offset: reader.cursor.start, reason: "more than 1,000 platforms")
                }
                numbers[subject] = number
                piece.names.append(subject)
            }
            // No UTF-8 holds 0xFF, so the platform ends here and nowhere else.
            subject.append(0xFF)
            reader.value(.name, of: text) { subject.append(contentsOf: $0.copy(0..<$0.count)) }
            piece.keys.append(hash(subject.span))
            piece.kept.add(0, number, nil, UInt32(chunk.sequence), reader, text)
        }
        return piece
    }
}

extension SecondPass.Row {
    func with(platform: UInt16) -> SecondPass.Row {
        SecondPass.Row(
            group: group, piece: piece, start: start, id: id, name: name, homepage: homepage, repository: repository,
            platform: platform, inference: inference)
    }
}
