import RepositoryAddresses

/// The first reading of the lists: what each row is matched by, and what the ecosystems hold.
struct FirstPass: Sendable {
    /// The rows of one piece.
    struct Piece: Sendable {
        /// A key a row; ``TextKey/none`` for a row that takes no part.
        var keys: [TextKey] = []
        /// A platform a row, by its position among ``names``; empty where all rows are of the first.
        var platforms: [UInt16] = []
        var names: [[UInt8]] = []
        var tallies: [RowCounts] = []
        var leftOut = LeftOutCounts()
    }

    static let platformLimit = 1000

    private(set) var keys: [Int: [TextKey]] = [:]
    private(set) var platforms: [Int: [UInt16]] = [:]
    private(set) var names: [[UInt8]] = []
    private(set) var tallies: [RowCounts] = []
    private(set) var leftOut = LeftOutCounts()
    private var numbers: [[UInt8]: Int] = [:]
    let hash = KeyedHash()

    mutating func take(_ position: ListChunk.Position, _ piece: Piece) throws {
        var global: [UInt16] = []
        for (name, tally) in zip(piece.names, piece.tallies) {
            let number = numbers[name] ?? names.count
            if number == names.count {
                numbers[name] = number
                names.append(name)
                tallies.append(RowCounts())
            }
            tallies[number].add(tally)
            global.append(UInt16(truncatingIfNeeded: number))
        }
        guard names.count <= Self.platformLimit else {
            throw StudyError.wrongUse("the lists name more than 1,000 platforms; is the Platform column what it says?")
        }
        keys[position.sequence] = piece.keys
        platforms[position.sequence] =
            piece.platforms.isEmpty ? Array(global.prefix(1)) : piece.platforms.map { global[Int($0)] }
        leftOut.add(piece.leftOut, hash)
    }

    static func read(_ chunk: ListChunk, _ options: ComparisonOptions, _ hash: KeyedHash) throws(RowFault) -> Piece {
        var work = PieceWork(options, hash)
        let text = chunk.bytes.span
        var rows = RowReader(chunk.columns)
        while try rows.advance(text) { try work.take(rows, text) }
        return work.finish()
    }
}

/// One piece being read.
private struct PieceWork {
    private var piece = FirstPass.Piece()
    private var matcher: RowMatcher
    private let options: ComparisonOptions
    private let hash: KeyedHash
    private var platform = -1
    private var lastHost: [UInt8] = []
    private var hosts: [[[UInt8]: Int]] = []
    private var lastHostCount = 0

    init(_ options: ComparisonOptions, _ hash: KeyedHash) {
        self.options = options
        self.hash = hash
        matcher = RowMatcher(options)
    }

    mutating func take(_ rows: RowReader, _ text: Span<UInt8>) throws(RowFault) {
        try enterPlatform(rows, text)
        piece.tallies[platform].packages += 1
        if matcher.isPresent(.homepage, rows, text) { piece.tallies[platform].withHomepage += 1 }
        if options.match == .name {
            let key = rows.value(.name, of: text) { name in hash(name) }
            if matcher.isPresent(.repository, rows, text) { piece.tallies[platform].withRepository += 1 }
            piece.keys.append(key)
        } else {
            piece.keys.append(repositoryKey(rows, text))
        }
    }

    private mutating func repositoryKey(_ rows: RowReader, _ text: Span<UInt8>) -> TextKey {
        let found = matcher.read(.repository, rows, text)
        switch found {
        case .none: break
        case .leftOut(let reason):
            piece.tallies[platform].withRepository += 1
            piece.tallies[platform].leftOut[reason, default: 0] += 1
            leaveOut(.repository, reason, rows, text)
        case .repository(let repository):
            piece.tallies[platform].withRepository += 1
            piece.tallies[platform].understood += 1
            if repository.inference != nil { piece.tallies[platform].inferred += 1 }
            countHost(of: repository)
            return hash(repository.bytes.span)
        }
        guard options.match == .repositoryOrHomepage else { return .none }
        switch matcher.read(.homepage, rows, text) {
        case .none: return .none
        case .repository(let repository): return hash(repository.bytes.span)
        case .leftOut(let reason):
            leaveOut(.homepage, reason, rows, text)
            return .none
        }
    }

    private mutating func leaveOut(
        _ column: ListColumn, _ reason: NoRepository, _ rows: RowReader, _ text: Span<UInt8>
    ) {
        rows.value(column, of: text) { piece.leftOut.add($0, column, reason, count: 1, hash) }
    }

    private mutating func enterPlatform(_ rows: RowReader, _ text: Span<UInt8>) throws(RowFault) {
        let isSame =
            platform >= 0
            && rows.value(.platform, of: text) { value in
                value.count == piece.names[platform].count && value.isSame(as: piece.names[platform])
            }
        if !isSame {
            flushHost()
            let name = try rows.platform(of: text)
            platform = piece.names.firstIndex(of: name) ?? piece.names.count
            if platform == piece.names.count { try add(name, rows) }
            matcher.enter(platform: name)
        }
        if piece.names.count > 1 || !piece.platforms.isEmpty { piece.platforms.append(UInt16(platform)) }
    }

    private mutating func add(_ name: [UInt8], _ rows: RowReader) throws(RowFault) {
        guard piece.names.count < FirstPass.platformLimit else {
            throw RowFault(offset: rows.cursor.start, reason: "more than 1,000 platforms")
        }
        if piece.names.count == 1 { piece.platforms = Array(repeating: 0, count: piece.keys.count) }
        piece.names.append(name)
        piece.tallies.append(RowCounts())
        hosts.append([:])
    }

    private mutating func countHost(of repository: CanonicalAddress) {
        let host = repository.bytes[repository.host]
        if host == lastHost[...] {
            lastHostCount += 1
            return
        }
        flushHost()
        lastHost = Array(host)
        lastHostCount = 1
    }

    private mutating func flushHost() {
        if lastHostCount > 0 { hosts[platform][lastHost, default: 0] += lastHostCount }
        lastHostCount = 0
    }

    mutating func finish() -> FirstPass.Piece {
        flushHost()
        for index in hosts.indices {
            for (host, count) in hosts[index] {
                piece.tallies[index].hosts[String(decoding: host, as: UTF8.self)] = count
            }
        }
        return piece
    }
}

extension Span<UInt8> {
    func isSame(as bytes: [UInt8]) -> Bool {
        guard count == bytes.count else { return false }
        for index in 0..<count where self[index] != bytes[index] { return false }
        return true
    }
}
