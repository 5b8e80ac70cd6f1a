import PackageMining

/// The head of an answer, read line by line as curl hands it over.
struct AnswerHead {
    private(set) var status = 0
    private(set) var headers: [Header] = []
    private(set) var isComplete = false
    private(set) var contentLength: Int?
    private(set) var contentEncoding = ""
    /// Whether nothing is left of the host's limit of requests, and when it begins anew.
    private(set) var isLimitUsedUp = false
    private(set) var limitReset: String?
    private var size = 0

    /// The most that a head may hold, in bytes.
    static let limit = 256 << 10

    /// Takes a line with its line end. Returns false when the head is too long.
    mutating func take(_ line: UnsafeRawBufferPointer) -> Bool {
        size += line.count
        if size > Self.limit { return false }
        if line.starts(with: "HTTP/".utf8) {
            begin(line)
        } else if isComplete {
            return true  // a trailer behind a chunked body
        } else if line.first == 0x0D || line.first == 0x0A {
            isComplete = status >= 200
        } else {
            takeField(line)
        }
        return true
    }

    /// A status line. The head of an interim answer (1xx) before it is forgotten.
    private mutating func begin(_ line: UnsafeRawBufferPointer) {
        let size = size
        self = AnswerHead()
        self.size = size
        for byte in line.drop(while: { $0 != 0x20 }).dropFirst().prefix(3) {
            status = status * 10 + Int(byte &- 0x30)
        }
    }

    private mutating func takeField(_ line: UnsafeRawBufferPointer) {
        guard let colon = line.firstIndex(of: 0x3A) else { return }
        var start = colon + 1
        var end = line.count
        while start < end, isSpace(line[start]) { start += 1 }
        while end > start, isSpace(line[end - 1]) { end -= 1 }
        let name = String(decoding: line[..<colon], as: UTF8.self)
        let value = String(decoding: line[start..<end], as: UTF8.self)
        headers.append(Header(name, value))
        note(name, value)
    }

    private mutating func note(_ name: String, _ value: String) {
        switch name.utf8.count {
        case 14 where name.lowercased() == "content-length": contentLength = Int(value)
        case 16 where name.lowercased() == "content-encoding":
            contentEncoding += contentEncoding.isEmpty ? value : ", " + value
        case 21 where name.lowercased() == "x-ratelimit-remaining": isLimitUsedUp = value == "0"
        case 17 where name.lowercased() == "x-ratelimit-reset": limitReset = value
        default: break
        }
    }

    private func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
    }
}
