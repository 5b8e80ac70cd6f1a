import PackageMining

/// How far a download has come, and what the next answer must look like for it to go on from there.
struct DownloadPlace {
    /// The bytes before this one were handed over, in this run or an earlier one.
    private(set) var offset: Int64

    private let url: String
    private var validator: String?

    /// The whole length of the file, once an answer has told it.
    private var length: Int64?

    /// Bytes of the present answer that still lie before `offset`.
    private var toSkip: Int64 = 0
    private var hasBegun = false

    init(_ request: Request) {
        url = request.url
        offset = request.offset
    }

    /// The fields that ask for the rest. If-Range makes a server whose file has changed send all of it.
    mutating func rangeFields() -> [Header] {
        hasBegun = false
        guard offset > 0 else { return [] }
        let range = Header("Range", "bytes=\(offset)-")
        return [range] + (validator.map { [Header("If-Range", $0)] } ?? [])
    }

    /// Hands over what is new in a portion, in chunks.
    mutating func take(
        _ portion: ByteStream.Portion, _ receive: @Sendable ([UInt8]) async throws -> Void
    ) async throws {
        guard portion.head.status == 200 || portion.head.status == 206 else { return }
        try begin(portion.head)
        let skipped = min(toSkip, Int64(portion.bytes.count))
        toSkip -= skipped
        var start = Int(skipped)
        while start < portion.bytes.count {
            let end = min(start + ByteStream.chunk, portion.bytes.count)
            try await receive(Array(portion.bytes[start..<end]))
            offset += Int64(end - start)
            start = end
        }
    }

    /// The attempt as it is to be taken: 206 and 200 are the same success, 416 behind the last byte is one too, and a
    /// body that ends early is a failure.
    func judge(_ attempt: Attempt) -> Attempt {
        guard case .answered(let response, _) = attempt.result else { return attempt }
        var judged = attempt
        if response.status == 416, hasAllBytes(response) {
            let complete = Response(status: 200, url: response.url, headers: response.headers)
            judged.result = .answered(complete, location: nil)
        } else if response.status == 200 || response.status == 206, let length, offset < length {
            let reason = "\(offset) of \(length) bytes came"
            judged.result = .failed(WireError(.unreachable, url: url, reason, status: response.status))
        }
        return judged
    }

    private mutating func begin(_ head: AnswerHead) throws {
        if hasBegun { return }
        let answer = Response(status: head.status, url: url, headers: head.headers)
        let fresh = strongValidator(of: answer)
        if let validator, validator != fresh { throw changed() }
        let first = head.status == 206 ? try firstByte(of: answer) : 0
        if first == 0, offset > 0, validator == nil || fresh == nil { throw changed() }
        validator = fresh
        length = head.contentLength.map { Int64($0) + first }
        toSkip = offset - first
        hasBegun = true
    }

    private func firstByte(of answer: Response) throws -> Int64 {
        let range = answer.header("Content-Range") ?? ""
        let first = range.dropFirst("bytes ".count).prefix { $0 != "-" }
        guard range.lowercased().hasPrefix("bytes "), let first = Int64(first), first >= 0, first <= offset else {
            throw WireError(.malformed, url: url, "Content-Range is \"\(printable(range))\", asked from \(offset)")
        }
        return first
    }

    /// `bytes */N` with N where this download stands (RFC 9110, 15.5.17).
    private func hasAllBytes(_ response: Response) -> Bool {
        offset > 0 && response.header("Content-Range") == "bytes */\(offset)"
    }

    private func strongValidator(of answer: Response) -> String? {
        if let tag = answer.header("ETag") { return tag.hasPrefix("W/") ? nil : tag }
        return answer.header("Last-Modified")
    }

    /// Final: a second attempt would be of another file.
    private func changed() -> ChangedWhileRead {
        ChangedWhileRead(error: WireError(.malformed, url: url, "the file has changed while being read"))
    }
}

/// Malformed, but not worth a retry: the bytes handed over are of a file that is no more.
struct ChangedWhileRead: Error {
    let error: WireError
}
