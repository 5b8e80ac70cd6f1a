public import PackageMining

/// What the loopback server answers, and how it goes about it.
public struct LoopbackAnswer: Sendable {
    /// How an answer goes over the wire.
    public enum Delivery: Sendable {
        /// Complete, as HTTP wants it.
        case whole
        /// Complete, in chunks of that many bytes.
        case chunked(Int)
        /// The head announces the whole body; after that many bytes of it the connection is closed.
        case cut(after: Int)
        /// In chunks; after that many bytes the connection is closed without the last chunk.
        case cutChunked(after: Int)
        /// Without a length, so that the end of the connection is the end of the body; that many bytes of it.
        case unframed(Int)
        /// Complete, under a Content-Length that is not true. The connection is closed behind it.
        case announced(length: Int)
        /// A TCP reset after that many bytes of the body, or before the head where there is none.
        case reset(after: Int?)
        /// A byte at a time, with a pause behind each, for as long as the client listens.
        case trickle(pause: Duration)
        /// No byte at all, until the client or the server goes.
        case silence
        /// The body over and over again, that many times, in chunks.
        case repeated(Int)
        /// The network goes down for that long: this connection and all others are reset, new ones refused.
        case outage(Duration)
    }

    public var status: Int
    public var headers: [Header]
    public var body: [UInt8]
    public var delivery: Delivery

    /// Whether the server may compress the body for a client that takes gzip.
    public var mayCompress = true

    public init(
        _ status: Int, headers: [Header] = [], body: [UInt8] = [], delivery: Delivery = .whole
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.delivery = delivery
    }

    /// A line of text, as registries explain themselves.
    public static func text(_ status: Int, _ text: String) -> LoopbackAnswer {
        LoopbackAnswer(
            status, headers: [Header("Content-Type", "text/plain; charset=utf-8")], body: Array(text.utf8))
    }

    public static func json(_ text: String) -> LoopbackAnswer {
        LoopbackAnswer(200, headers: [Header("Content-Type", "application/json")], body: Array(text.utf8))
    }

    public static func redirect(to location: String) -> LoopbackAnswer {
        LoopbackAnswer(302, headers: [Header("Location", location)])
    }
}

extension LoopbackAnswer {
    /// The answer in gzip where the client takes it and it is worth it: from 1 KiB on.
    func compressed(for request: LoopbackRequest) -> LoopbackAnswer {
        guard mayCompress, body.count >= 1024, request.acceptsGzip else { return self }
        return gzipped()
    }

    func gzipped() -> LoopbackAnswer {
        var answer = self
        answer.body = gzip(body)
        answer.headers.append(Header("Content-Encoding", "gzip"))
        answer.mayCompress = false
        return answer
    }

    /// Status line and header fields, ended by the empty line. `framing` tells where the body ends.
    func head(framing: String) -> [UInt8] {
        var head = "HTTP/1.1 \(status) \(reasonPhrase(status))\r\n"
        for field in headers { head += "\(field.name): \(field.value)\r\n" }
        head += framing.isEmpty ? "\r\n" : "\(framing)\r\n\r\n"
        return Array(head.utf8)
    }
}

private func reasonPhrase(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 302: "Found"
    case 400: "Bad Request"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 410: "Gone"
    case 429: "Too Many Requests"
    case 451: "Unavailable For Legal Reasons"
    case 500: "Internal Server Error"
    case 502: "Bad Gateway"
    case 503: "Service Unavailable"
    case 504: "Gateway Timeout"
    default: "Status"
    }
}
