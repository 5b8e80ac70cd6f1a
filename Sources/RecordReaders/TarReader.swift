/// Reads a tar archive: ustar, with pax records or GNU's long names.
///
/// Members that nobody wants are passed over as they arrive. Only the two blocks of zeros behind the last member prove
/// an archive whole: one without is cut off, and behind them nothing but zeros may stand. Files with holes and archives
/// of several volumes are refused, since their bytes are not those of the file.
public struct TarReader: RecordReader {
    private enum State {
        case header
        /// Behind one block of zeros.
        case halfEnd
        case extensions(type: UInt8, size: Int)
        /// In a member that is wanted: what is left of it, and the bytes that it is padded by.
        case data(left: Int64, padding: Int)
        case end
    }

    /// The most that headers of their own may say of a member, in bytes.
    private static let extensionLimit: Int64 = 1 << 20

    private let wants: @Sendable (TarMember) -> Bool
    private var queue = ByteQueue()
    private var state = State.header
    private var extensions = TarExtensions()
    private var ofArchive = TarExtensions()

    /// - Parameter wants: which members are handed out.
    public init(_ wants: @escaping @Sendable (TarMember) -> Bool) {
        self.wants = wants
    }

    public mutating func feed(_ bytes: [UInt8]) {
        queue.feed(bytes)
    }

    public mutating func next() throws -> TarPart? {
        while queue.count > 0 || isAtEndOfMember {
            switch state {
            case .header, .halfEnd:
                guard queue.count >= TarHeader.blockSize else { return nil }
                if let part = try readBlock() { return part }
            case .extensions(let type, let size):
                guard queue.count >= size else { return nil }
                try readExtensions(type, size)
            case .data(let left, let padding): return readData(left, padding)
            case .end: try passOverEnd()
            }
        }
        return nil
    }

    public mutating func finish() throws -> TarPart? {
        if let part = try next() { return part }
        guard case .end = state else { throw error("the archive is cut off") }
        return nil
    }

    private var isAtEndOfMember: Bool {
        if case .data(left: 0, _) = state { true } else { false }
    }

    private mutating func readBlock() throws -> TarPart? {
        let block = Array(queue.bytes(at: 0, count: TarHeader.blockSize))
        if block.allSatisfy({ $0 == 0 }) {
            try readZeros()
            queue.skip(TarHeader.blockSize)
            return nil
        }
        guard case .header = state else { throw error("a block stands behind one of zeros; the end has two") }
        return try begin(TarHeader(block, at: place))
    }

    private mutating func readZeros() throws {
        if case .halfEnd = state {
            state = .end
            return
        }
        guard !extensions.areAwaited else { throw error("the archive ends where a member should follow") }
        state = .halfEnd
    }

    private mutating func begin(_ header: TarHeader) throws -> TarPart? {
        switch header.type {
        case UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "g"), UInt8(ascii: "L"), UInt8(ascii: "K"):
            guard header.size <= TarReader.extensionLimit else {
                throw error("what is said of a member takes more than \(TarReader.extensionLimit) bytes")
            }
            state = .extensions(type: header.type, size: Int(header.size))
            queue.skip(TarHeader.blockSize)
            return nil
        case UInt8(ascii: "S"): throw error("it is a file with holes, which is not read")
        case UInt8(ascii: "M"): throw error("the archive is one of several volumes, which are not read")
        default: return try begin(member(header))
        }
    }

    /// The member that a header tells, and the headers before it.
    private mutating func member(_ header: TarHeader) throws -> TarMember {
        let said = extensions.over(ofArchive)
        extensions = TarExtensions()
        if said.isSparse { throw error("it is a file with holes, which is not read") }
        let name = said.name ?? header.name
        let kind = TarMember.Kind(header.type, name)
        let size = said.size ?? header.size
        // Some writers let the file's bytes follow, others only tell how many there are.
        if kind == .hardLink && size > 0 { throw error("it is a link with a size") }
        return TarMember(
            nameBytes: name, kind: kind, size: kind.hasData(header.type) ? size : 0, mode: header.mode,
            modified: said.modified ?? header.modified, linkBytes: said.link ?? header.link)
    }

    private mutating func begin(_ member: TarMember) -> TarPart? {
        let padding = TarReader.padding(member.size)
        queue.skip(TarHeader.blockSize)
        guard wants(member) else {
            queue.skip(Int(member.size) + padding)
            return nil
        }
        state = .data(left: member.size, padding: padding)
        return .member(member)
    }

    private mutating func readExtensions(_ type: UInt8, _ size: Int) throws {
        let bytes = queue.bytes(at: 0, count: size)
        switch type {
        case UInt8(ascii: "L"), UInt8(ascii: "K"): extensions.take(longText: bytes, of: type)
        case UInt8(ascii: "g"): guard ofArchive.take(records: bytes) else { throw unreadableRecords }
        default: guard extensions.take(records: bytes) else { throw unreadableRecords }
        }
        queue.skip(size + TarReader.padding(Int64(size)))
        state = .header
    }

    private mutating func readData(_ left: Int64, _ padding: Int) -> TarPart {
        let count = Int(min(left, Int64(queue.count)))
        guard left > 0 else {
            queue.skip(padding)
            state = .header
            return .end
        }
        let bytes = Array(queue.bytes(at: 0, count: count))
        queue.skip(count)
        state = .data(left: left - Int64(count), padding: padding)
        return .bytes(bytes)
    }

    private mutating func passOverEnd() throws {
        guard queue.bytes(at: 0, count: queue.count).allSatisfy({ $0 == 0 }) else {
            throw error("something stands behind the end of the archive")
        }
        queue.skip(queue.count)
    }

    private static func padding(_ size: Int64) -> Int {
        let over = Int(size) % TarHeader.blockSize
        return over == 0 ? 0 : TarHeader.blockSize - over
    }

    private var unreadableRecords: RecordError { error("the pax records cannot be read") }

    private var place: String { "byte \(queue.offset)" }

    private func error(_ reason: String) -> RecordError {
        RecordError(at: place, reason)
    }
}

extension TarMember.Kind {
    /// A type that POSIX does not know is a file to it; here it is another, since its bytes need not be a file's.
    fileprivate init(_ type: UInt8, _ name: [UInt8]) {
        switch type {
        case 0, UInt8(ascii: "0"), UInt8(ascii: "7"):
            // Before there were types, a slash at the end made a directory.
            self = type == 0 && name.last == UInt8(ascii: "/") ? .directory : .file
        case UInt8(ascii: "1"): self = .hardLink
        case UInt8(ascii: "2"): self = .symbolicLink
        case UInt8(ascii: "5"): self = .directory
        default: self = .other
        }
    }

    /// Links, directories, devices and pipes have none, whatever size they tell.
    fileprivate func hasData(_ type: UInt8) -> Bool {
        self == .file || !(UInt8(ascii: "1")...UInt8(ascii: "6")).contains(type) && self == .other
    }
}
