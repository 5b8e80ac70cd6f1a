/// Inflates a stream that arrives in chunks, whatever it was compressed with, in bounded memory.
///
/// The format is told by the stream's first bytes, not by a file's ending: a `.gz` may arrive already decoded by the
/// transport. Bytes that are no known format are handed on as they are. Streams of several members, one behind
/// another, are one stream.
///
/// ```swift
/// inflater.feed(chunk)
/// while let piece = try inflater.next() { … }
/// ```
public final class Inflater {
    /// The largest piece that ``next()`` returns, in bytes.
    public static let pieceSize = 128 << 10

    private let limit: Int64?
    private var head: [UInt8]? = []
    private var decoder: (any StreamDecoder)?
    private var chunk: [UInt8] = []
    private var taken = 0

    /// How many bytes have come out so far.
    public private(set) var inflatedCount: Int64 = 0

    /// - Parameter limit: the most bytes that may come out; nil where there is no limit.
    public init(limit: Int64? = nil) {
        self.limit = limit
    }

    /// Goes on with a stream at a point that an earlier inflater reached; what is fed begins there.
    ///
    /// - Throws: ``InflationError`` for a point that is none.
    public convenience init(at point: InflationPoint, limit: Int64? = nil) throws(InflationError) {
        self.init(limit: limit)
        head = nil
        inflatedCount = point.inflatedCount
        decoder = try GzipDecoder(at: point)
    }

    /// Asks for a point from which the stream can be read on: the next one there is. The inflater then stops there, if
    /// need be with a piece of nothing.
    public func wantPoint() {
        decoder?.wantsPoint = true
    }

    /// The point behind all that has come out, where it was wanted and has just been reached.
    public var point: InflationPoint? {
        decoder?.point.flatMap { $0.inflatedCount == inflatedCount ? $0 : nil }
    }

    /// Takes the next bytes of the compressed stream. All that is left of earlier ones must have been asked for.
    public func feed(_ bytes: [UInt8]) {
        chunk = taken == chunk.count ? bytes : Array(chunk[taken...]) + bytes
        taken = 0
    }

    /// The next piece of the inflated stream; nil when more must be fed first.
    public func next() throws(InflationError) -> [UInt8]? {
        guard try hasDecoder(atEnd: false) else { return nil }
        return try piece()
    }

    /// Says that the stream has ended, and returns what is left: pieces, then nil.
    ///
    /// - Throws: ``InflationError/truncated`` where the stream lacks its end.
    public func finish() throws(InflationError) -> [UInt8]? {
        guard try hasDecoder(atEnd: true) else { return nil }
        if let piece = try piece() { return piece }
        guard decoder?.mayEnd != false else { throw .truncated(after: inflatedCount) }
        return nil
    }

    private func piece() throws(InflationError) -> [UInt8]? {
        guard let decoder else { return nil }
        let wanted = decoder.wantsPoint
        let piece = try decoder.decode(chunk, from: &taken, atMost: Inflater.pieceSize)
        if piece.isEmpty && wanted == decoder.wantsPoint { return nil }
        inflatedCount += Int64(piece.count)
        if let limit, inflatedCount > limit { throw .tooLarge(limit: limit) }
        return piece
    }

    /// Waits for the bytes that tell the format.
    private func hasDecoder(atEnd: Bool) throws(InflationError) -> Bool {
        guard let head else { return true }
        let known = head + chunk[taken...]
        if known.count < CompressionFormat.magicSize && !atEnd {
            self.head = known
            chunk = []
            taken = 0
            return false
        }
        self.head = nil
        chunk = known
        taken = 0
        decoder = try CompressionFormat(magic: known).decoder()
        return true
    }
}
