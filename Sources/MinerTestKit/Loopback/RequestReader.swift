import PackageMining

/// Takes requests out of the bytes of a connection.
///
/// Only what a client of a registry sends is understood: requests without a body.
struct RequestReader {
    /// The longest head that is read, in bytes.
    static let headLimit = 1 << 20

    private var buffer: [UInt8] = []

    /// Where the search for the head's end goes on.
    private var searched = 0

    mutating func take(_ bytes: [UInt8]) {
        buffer += bytes
    }

    /// The next complete request; nil while its head is incomplete.
    mutating func next() throws -> LoopbackRequest? {
        guard let end = headEnd() else {
            if buffer.count > Self.headLimit { throw BadRequest() }
            return nil
        }
        let head = String(decoding: buffer[..<end], as: UTF8.self)
        buffer.removeFirst(end + 4)
        searched = 0
        return try parse(head)
    }

    private mutating func headEnd() -> Int? {
        let end = buffer.withUnsafeBufferPointer { bytes in
            var at = searched
            while at + 3 < bytes.count {
                if bytes[at] == 13, bytes[at + 1] == 10, bytes[at + 2] == 13, bytes[at + 3] == 10 { return at }
                at += 1
            }
            return -1
        }
        searched = max(0, buffer.count - 3)
        return end < 0 ? nil : end
    }

    private func parse(_ head: String) throws -> LoopbackRequest {
        var lines = head.split(separator: "\r\n")[...]
        let words = (lines.popFirst() ?? "").split(separator: " ")
        guard words.count == 3 else { throw BadRequest() }
        return LoopbackRequest(
            method: String(words[0]), target: String(words[1]), headers: try lines.map(field))
    }

    private func field(_ line: Substring) throws -> Header {
        guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { throw BadRequest() }
        let value = line[line.index(after: colon)...].drop { $0 == " " }
        return Header(String(line[..<colon]), String(value))
    }
}

/// Bytes that are no request. The connection is closed.
struct BadRequest: Error {}
