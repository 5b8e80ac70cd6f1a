/// What decodes a compressed stream: one format, by its library. ``Inflater`` chooses one by the stream's first bytes, and
/// a session by what HTTP says of a body.
///
/// Whatever stands behind the end of a stream, and is neither another stream nor padding of its format, is damage.
package protocol StreamDecoder: AnyObject {
    /// Whether the stream may end here: no member is open.
    var mayEnd: Bool { get }

    /// Whether the next place is to be kept from which the stream can be read on, and the one kept last.
    var wantsPoint: Bool { get set }
    var point: InflationPoint? { get }

    /// Decodes from `bytes[taken...]`, moves `taken`, and returns at most `count` bytes; none when it needs more, or
    /// when it has just reached a point that was wanted.
    func decode(_ bytes: [UInt8], from taken: inout Int, atMost count: Int) throws(InflationError) -> [UInt8]
}

/// Streams of other formats are read from their beginnings.
extension StreamDecoder {
    package var wantsPoint: Bool {
        get { false }
        set {}
    }
    package var point: InflationPoint? { nil }
}
