/// A way in which a registry can fail a request.
///
/// The raw values are what the command line of `loopback-registry` calls them.
public enum Fault: String, CaseIterable, Codable, Hashable, Sendable {
    /// 429 with Retry-After in seconds.
    case throttledForSeconds = "429-seconds"
    /// 429 with Retry-After as an HTTP date.
    case throttledUntilDate = "429-date"
    /// 429 with a Retry-After that nobody can wait for: 31 years.
    case throttledAbsurdly = "429-absurd"
    /// 429 without Retry-After.
    case throttled = "429"
    case internalError = "500"
    case badGateway = "502"
    case unavailable = "503"
    case gatewayTimeout = "504"
    /// The host goes down for a while: its connections are reset and new ones refused.
    case refused
    case resetBeforeBody = "reset-before"
    case resetInsideBody = "reset-inside"
    /// The connection ends behind a line, before the announced length.
    case cutAtLineEnd = "cut-line-end"
    /// The connection ends inside a line, before the announced length.
    case cutInsideLine = "cut-in-line"
    /// The connection ends between two chunks.
    case cutChunked = "cut-chunked"
    /// No length is announced, and the connection ends inside a line. Only who reads the last line can tell.
    case cutUnframed = "cut-unframed"
    /// The connection ends inside the gzip stream, before the announced length.
    case cutInsideGzip = "cut-gzip"
    /// The announced length is that of half a gzip stream. Only who looks for the stream's trailer can tell.
    case shortGzip = "short-gzip"
    /// The announced length is more than what comes.
    case lengthTooLarge = "length-too-large"
    /// A complete 200 without a body.
    case emptyBody = "empty"
    /// A complete 200 with a page for people.
    case html
    /// A complete 200 with the first half of the lines. Only who asks again can tell.
    case shortPage = "short-page"
    /// A redirect to the same thing elsewhere on the host.
    case redirect
    case redirectLoop = "redirect-loop"
    /// A redirect to an `http` address: no harm but for a client that came by https.
    case redirectToHTTP = "redirect-http"
    case redirectToFile = "redirect-file"
    /// The answer comes a byte at a time.
    case trickle
    /// No answer ever comes.
    case silence
    /// A body beyond every limit, in chunks.
    case hugeBody = "huge"
    /// A small body that inflates beyond every limit.
    case gzipBomb = "gzip-bomb"
}

extension Fault {
    /// Whether the answer is well-formed HTTP with a body that merely is not what was asked for, so that only its
    /// reader can tell.
    public var isSilent: Bool {
        switch self {
        case .cutUnframed, .emptyBody, .html, .shortPage: true
        default: false
        }
    }

    /// Whether the request succeeds all the same when the client does as HTTP says.
    public var isHarmless: Bool {
        self == .redirect
    }
}

/// Measures of the faults that have any.
public struct FaultMeasures: Sendable {
    /// What Retry-After asks for, in seconds.
    public var retryAfterSeconds = 1

    /// How long a host stays down.
    public var outage: Duration = .milliseconds(200)

    /// The pause behind each byte of a trickle.
    public var tricklePause: Duration = .milliseconds(20)

    /// The size of bodies that are meant to be beyond a limit, in MiB, inflated.
    public var hugeMebibytes = 1024

    public init() {}
}
