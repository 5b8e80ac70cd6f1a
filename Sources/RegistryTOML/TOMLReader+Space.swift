import RecordReaders

/// What stands between keys and values.
extension TOMLReader {
    var byte: UInt8? { at < bytes.count ? bytes[at] : nil }

    mutating func skip(_ mark: Unicode.Scalar) -> Bool {
        guard byte == UInt8(ascii: mark) else { return false }
        at += 1
        return true
    }

    mutating func take(_ mark: StaticString) throws(RecordError) {
        skipSpace()
        let length = mark.utf8CodeUnitCount
        let isThere = mark.withUTF8Buffer { bytes[at...].starts(with: $0) }
        guard isThere else { throw error("no '\(mark)' stands where one should") }
        at += length
    }

    mutating func skipSpace() {
        while let byte, byte == 0x20 || byte == 0x09 { at += 1 }
    }

    /// Space, line ends and comments.
    mutating func skipBlank() throws(RecordError) {
        repeat {
            skipSpace()
            try skipComment()
        } while skipLineEnd()
    }

    mutating func endLine() throws(RecordError) {
        skipSpace()
        try skipComment()
        guard byte == nil || skipLineEnd() else { throw error("something stands behind a value") }
    }

    mutating func skipLineEnd() -> Bool {
        let length = bytes[at...].starts(with: [0x0D, 0x0A]) ? 2 : byte == 0x0A ? 1 : 0
        at += length
        return length > 0
    }

    private mutating func skipComment() throws(RecordError) {
        guard byte == UInt8(ascii: "#") else { return }
        while let byte, byte != 0x0A, !bytes[at...].starts(with: [0x0D, 0x0A]) {
            guard !isControl(byte) else { throw error("a control character stands in a comment") }
            at += 1
        }
    }

    func isControl(_ byte: UInt8) -> Bool { byte < 0x20 && byte != 0x09 || byte == 0x7F }

    /// - Parameter place: where it is, counted in bytes; nil for here.
    func error(_ reason: String, at place: Int? = nil) -> RecordError {
        let before = bytes[..<(place ?? at)]
        let line = before.count { $0 == 0x0A } + 1
        let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return RecordError(at: "line \(line), byte \(before.endIndex - start + 1)", reason)
    }
}
