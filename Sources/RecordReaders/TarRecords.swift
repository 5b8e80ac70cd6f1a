/// The records of some members of a tar archive, each member read by a reader of its own.
///
/// ```swift
/// TarRecords { $0.name.hasSuffix("/data/crates.csv") } readBy: { _ in CSVReader(columns: ["name"]) }
/// TarRecords { $0.name.hasSuffix(".cabal") } readBy: { WholeMember($0, limit: 1 << 20) }
/// ```
public struct TarRecords<Reader: RecordReader>: RecordReader {
    private let makeReader: @Sendable (TarMember) -> Reader

    /// The one file that there must be; nil where there may be any number.
    private let needed: String?
    private var archive: TarReader
    private var member: TarMember?
    private var reader: Reader?
    private var isEnding = false

    /// How many members were read to their end. Where it is 0, the archive is not the one that was meant.
    public private(set) var memberCount = 0

    public init(
        of wants: @escaping @Sendable (TarMember) -> Bool, readBy makeReader: @escaping @Sendable (TarMember) -> Reader
    ) {
        self.init(wants, needing: nil, makeReader)
    }

    /// The records of the one file of that path; see ``TarMember/isFile(_:)``. An archive that has none of it, or two, is
    /// refused.
    public init(ofFile path: String, readBy makeReader: @escaping @Sendable (TarMember) -> Reader) {
        self.init({ $0.isFile(path) }, needing: path, makeReader)
    }

    private init(
        _ wants: @escaping @Sendable (TarMember) -> Bool, needing needed: String?,
        _ makeReader: @escaping @Sendable (TarMember) -> Reader
    ) {
        archive = TarReader(wants)
        self.makeReader = makeReader
        self.needed = needed
    }

    public mutating func feed(_ bytes: [UInt8]) {
        archive.feed(bytes)
    }

    public mutating func next() throws -> Reader.Record? {
        while true {
            if let record = try nextOfMember() { return record }
            guard let part = try archive.next() else { return nil }
            take(part)
        }
    }

    public mutating func finish() throws -> Reader.Record? {
        while true {
            if let record = try nextOfMember() { return record }
            guard let part = try archive.finish() else {
                if let needed, memberCount != 1 {
                    throw RecordError(
                        at: "the archive", "it has \(memberCount == 0 ? "no" : "more than one") file \(needed)")
                }
                return nil
            }
            take(part)
        }
    }

    private mutating func take(_ part: TarPart) {
        switch part {
        case .member(let member):
            self.member = member
            reader = makeReader(member)
        case .bytes(let bytes): reader?.feed(bytes)
        case .end: isEnding = true
        }
    }

    private mutating func nextOfMember() throws -> Reader.Record? {
        do {
            guard isEnding else { return try reader?.next() }
            if let record = try reader?.finish() { return record }
        } catch let error as RecordError {
            throw RecordError(at: "\(member?.name.prefix(100) ?? ""), \(error.place)", error.reason)
        }
        isEnding = false
        reader = nil
        memberCount += 1
        return nil
    }
}

/// A member of a tar archive, with all its bytes as the one record.
public struct WholeMember: RecordReader {
    public struct Record: Hashable, Sendable {
        public let member: TarMember
        public let bytes: [UInt8]
    }

    private let member: TarMember
    private let limit: Int
    private var bytes: [UInt8] = []
    private var isHandedOut = false

    /// - Parameter limit: the largest member, in bytes.
    public init(_ member: TarMember, limit: Int) {
        self.member = member
        self.limit = limit
    }

    public mutating func feed(_ bytes: [UInt8]) {
        if member.size <= limit { self.bytes += bytes }
    }

    public mutating func next() throws -> Record? {
        guard member.size <= limit else {
            throw RecordError(at: "its header", "it has \(member.size) bytes, more than \(limit)")
        }
        return nil
    }

    public mutating func finish() throws -> Record? {
        _ = try next()
        guard !isHandedOut else { return nil }
        isHandedOut = true
        return Record(member: member, bytes: bytes)
    }
}
