import Foundation
import PackageMining

/// How far a download has come, and what the next answer must look like for it to go on from there.
struct DownloadProgress {
    /// The bytes before this one were handed over, in this run or an earlier one.
    private(set) var offset: Int64

    private let url: String
    private let start: Int64

    /// What proves that an answer is of the same file, byte for byte: a strong validator. Without one, no rest is asked
    /// for of a file that was begun in this run; what an earlier run took, its caller vouches for.
    private var validator: String?

    /// The whole length of the file, once an answer has told it.
    private var length: Int64?

    /// Bytes of the present answer that still lie before `offset`.
    private var toSkip: Int64 = 0
    private var hasBegun = false

    init(_ request: Request) {
        url = request.url
        start = request.offset
        offset = start
        validator = start > 0 ? request.known?.strongTag : nil
    }

    /// The fields that ask for the rest. If-Range makes a server whose file has changed send all of it.
    mutating func rangeFields() -> [Header] {
        hasBegun = false
        guard offset > 0 else { return [] }
        let range = Header("Range", "bytes=\(offset)-")
        return [range] + (validator.map { [Header("If-Range", $0)] } ?? [])
    }

    /// Why no further attempt can bring the rest, if none can: what was handed over may be of another file then.
    func cannotGoOn(behind attempt: Attempt) -> WireError? {
        guard offset > start, validator == nil, case .failed(let error) = attempt.result else { return nil }
        let reason = "\(error.reason), and the file has no strong validator to ask for its rest by"
        return WireError(.malformed, url: url, reason, status: error.status, cause: error.cause)
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

    /// A strong tag; or where there is no tag at all, a time that the clock has left behind since, so that no second
    /// state can have it (RFC 9110, 8.8.2.2 and 13.1.5).
    private func strongValidator(of answer: Response) -> String? {
        guard let told = Validators(of: answer) else { return nil }
        if told.etag != nil { return told.strongTag }
        guard let text = told.lastModified, let modified = httpDate(text),
            let sent = answer.header("Date").flatMap(httpDate), sent.timeIntervalSince(modified) >= 1
        else { return nil }
        return text
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
