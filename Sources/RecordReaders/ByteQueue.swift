/// The bytes of a binary stream that arrives in pieces, taken from its front.
///
/// What is skipped need not have arrived yet and is never held: of a record of 100 MB whose length says that it is not
/// wanted, nothing is kept.
package struct ByteQueue: Codable, Hashable, Sendable {
    private var bytes: [UInt8] = []
    private var taken = 0
    private var toSkip = 0
    private var before: Int64 = 0

    package init() {}

    /// How many bytes can be looked at; none while some that are skipped have not arrived.
    package var count: Int { toSkip > 0 ? 0 : bytes.count - taken }

    /// How many bytes were taken or skipped since the beginning of the stream.
    package var offset: Int64 { before + Int64(taken) }

    /// Whether all that arrived was taken, and all that was skipped arrived.
    package var isEmpty: Bool { toSkip == 0 && taken == bytes.count }

    package mutating func feed(_ piece: [UInt8]) {
        forgetTaken()
        bytes = bytes.isEmpty ? piece : bytes + piece
        skip(0)
    }

    /// Gives back what was taken. Done with each feeding; besides, for who keeps a queue.
    package mutating func forgetTaken() {
        before += Int64(taken)
        bytes = taken == bytes.count ? [] : Array(bytes[taken...])
        taken = 0
    }

    package mutating func skip(_ count: Int) {
        toSkip += count
        let now = min(toSkip, bytes.count - taken)
        taken += now
        toSkip -= now
    }

    package subscript(_ place: Int) -> UInt8 { bytes[taken + place] }

    /// The bytes from a place on, counted from the front; they must be there.
    package func bytes(at place: Int, count: Int) -> ArraySlice<UInt8> {
        bytes[taken + place..<taken + place + count]
    }

    /// A big-endian number; nil where its bytes are not there yet.
    package func number(at place: Int, size: Int) -> Int? {
        guard place + size <= count else { return nil }
        return bytes.withUnsafeBufferPointer { bytes in
            var number = 0
            for index in taken + place..<taken + place + size { number = number << 8 | Int(bytes[index]) }
            return number
        }
    }
}
