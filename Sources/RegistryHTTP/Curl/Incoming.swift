import PackageMining

/// An answer on its way in: its head, its body so far, and why it was refused, if it was.
struct Incoming {
    private(set) var head = AnswerHead()
    private(set) var body: [UInt8] = []
    private(set) var rawBytes = 0
    private(set) var refusal: (category: WireError.Category, reason: String)?
    private var decoder: BodyDecoder?
    private let bodyLimit: Int

    /// Whether a body beyond the limit is wanted up to it.
    private let wantsBeginning: Bool

    init(bodyLimit: Int, wantsBeginning: Bool = false) {
        self.bodyLimit = bodyLimit
        self.wantsBeginning = wantsBeginning
    }

    /// Takes a line of the head. Returns false to stop the transfer.
    mutating func takeHead(_ line: UnsafeRawBufferPointer) -> Bool {
        let wasComplete = head.isComplete
        guard head.take(line) else {
            refusal = (.malformed, "the head of the answer is longer than \(AnswerHead.limit) bytes")
            return false
        }
        return wasComplete || !head.isComplete || prepareBody()
    }

    /// Takes bytes of the body. Returns false to stop the transfer.
    mutating func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        rawBytes += bytes.count
        do throws(DecodingFailure) {
            if let decoder {
                try decoder.feed(bytes, into: &body, limit: bodyLimit)
            } else {
                try append(bytes, to: &body, limit: bodyLimit)
            }
            return true
        } catch {
            refuse(error)
            return false
        }
    }

    /// What is missing at the end of a transfer that curl holds for complete.
    func incompleteness() -> String? {
        if !head.isComplete { return "the answer ended inside its head" }
        if let length = head.contentLength, rawBytes < length, hasBody { return "\(rawBytes) of \(length) bytes came" }
        if let decoder, !decoder.isComplete, hasBody, rawBytes > 0 || head.contentLength != 0 {
            return "the \(head.contentEncoding) body ended before its end"
        }
        return nil
    }

    private var hasBody: Bool { head.status != 204 && head.status != 304 }

    private mutating func prepareBody() -> Bool {
        guard hasBody else { return true }  // its length and coding are those of what is not sent
        if let length = head.contentLength, length > bodyLimit, !wantsBeginning {
            refuse(.tooLarge)
            return false
        }
        do throws(DecodingFailure) {
            decoder = try BodyDecoder(for: head.contentEncoding)
        } catch {
            refusal = (.malformed, "unknown content encoding \(head.contentEncoding)")
            return false
        }
        body.reserveCapacity(min(head.contentLength ?? 0, bodyLimit))
        return true
    }

    private mutating func refuse(_ failure: DecodingFailure) {
        switch failure {
        case .corrupt: refusal = (.unreachable, "the \(head.contentEncoding) body is damaged")
        case .tooLarge: refusal = (.tooLarge, "the body is larger than \(bodyLimit) bytes")
        }
    }
}
