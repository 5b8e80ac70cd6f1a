import CLibCurl
import Foundation
import PackageMining

/// A handle of curl that serves one transfer after another. Used only on the thread of the loop.
final class EasyHandle {
    let easy: UnsafeMutableRawPointer
    private(set) var transfer: Transfer?
    private(set) var incoming = Incoming(bodyLimit: 0)
    private var fields: UnsafeMutablePointer<curl_slist>?
    private var resolved: UnsafeMutablePointer<curl_slist>?
    private var lastFields: (headers: [Header], encodings: String) = ([], "")
    private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private let configuration: CurlSession.Configuration
    private let turn: Turn
    private var attemptTimeout = Duration.zero
    private var attemptEnd = 0.0
    private var lastLife = 0.0
    private var isPaused = false

    /// Where a stranger's host lies, if it was not asked because of that.
    var refusedAddress: String?

    /// For whose host its connections are set up; see `guardConnections`.
    var guarded: StrangersHost?

    init?(_ configuration: CurlSession.Configuration, _ turn: Turn) {
        guard let easy = curl_easy_init() else { return nil }
        self.easy = easy
        self.configuration = configuration
        self.turn = turn
        errorText[0] = 0
        setForGood()
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_slist_free_all(fields)
        curl_slist_free_all(resolved)
        errorText.deallocate()
    }

    /// Makes the handle ask for the order of `transfer`.
    func load(_ transfer: Transfer) {
        let order = transfer.order
        let isDownload = transfer.stream != nil
        self.transfer = transfer
        incoming = Incoming(bodyLimit: isDownload ? .max : order.bodyLimit, wantsBeginning: order.isWebPage)
        errorText[0] = 0
        refusedAddress = nil
        attemptTimeout = order.stranger == nil ? configuration.attemptTimeout : StrangersHost.attemptTimeout
        attemptEnd = isDownload ? .infinity : turn.now + attemptTimeout.inSeconds
        lastLife = turn.now
        isPaused = false
        pkgmine_set_string(easy, CURLOPT_URL, order.url)
        pkgmine_set_long(easy, CURLOPT_PIPEWAIT, order.url.hasPrefix("https:") ? 1 : 0)
        guardConnections(of: order)
        setFields(order.fields, encodings: isDownload ? "identity" : acceptedEncodings)
    }

    func unload() {
        transfer = nil
        incoming = Incoming(bodyLimit: 0)
    }

    /// When the transfer has taken too long, or been silent for too long. Moves later with each byte, never earlier.
    var deadline: Double {
        min(attemptEnd, isPaused ? .infinity : lastLife + configuration.stallTimeout.inSeconds)
    }

    /// What is wrong at the deadline.
    var overdueReason: String {
        attemptEnd <= turn.now
            ? "no complete answer within \(inWords(attemptTimeout))"
            : "no byte for \(inWords(configuration.stallTimeout))"
    }

    /// Lets a paused download go on.
    func resume() {
        isPaused = false
        lastLife = turn.now
        curl_easy_pause(easy, CURLPAUSE_CONT)
    }

    /// What curl says about the end of the transfer.
    func reason(_ code: CURLcode) -> String {
        let text = errorText[0] == 0 ? String(cString: curl_easy_strerror(code)) : String(cString: errorText)
        return text.isEmpty ? "curl error \(code.rawValue)" : text
    }

    /// The absolute URL that the answer's Location names.
    var redirectURL: String? {
        pkgmine_get_string(easy, CURLINFO_REDIRECT_URL).map { String(cString: $0) }
    }

    /// The local port of the connection that serves the transfer; 0 while there is none.
    var port: Int { pkgmine_get_long(easy, CURLINFO_LOCAL_PORT) }

    private func setForGood() {
        let me = Unmanaged.passUnretained(self).toOpaque()
        pkgmine_set_pointer(easy, CURLOPT_PRIVATE, me)
        pkgmine_set_pointer(easy, CURLOPT_WRITEDATA, me)
        pkgmine_set_pointer(easy, CURLOPT_HEADERDATA, me)
        pkgmine_set_receiver(easy, CURLOPT_WRITEFUNCTION, receiveBody)
        pkgmine_set_receiver(easy, CURLOPT_HEADERFUNCTION, receiveHead)
        pkgmine_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
        pkgmine_set_long(easy, CURLOPT_NOSIGNAL, 1)
        pkgmine_set_string(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        pkgmine_set_string(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
        pkgmine_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)
        pkgmine_set_long(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        pkgmine_set_long(easy, CURLOPT_HTTP_CONTENT_DECODING, 0)
        pkgmine_set_long(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        pkgmine_set_long(easy, CURLOPT_TCP_KEEPALIVE, 1)
        pkgmine_set_long(easy, CURLOPT_SSL_VERIFYPEER, 1)
        pkgmine_set_long(easy, CURLOPT_SSL_VERIFYHOST, 2)
        pkgmine_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(configuration.connectTimeout))
        pkgmine_set_string(easy, CURLOPT_USERAGENT, configuration.userAgent)
        for name in configuration.resolved { resolved = curl_slist_append(resolved, name) ?? resolved }
        if resolved != nil { pkgmine_set_list(easy, CURLOPT_RESOLVE, resolved) }
        if let file = configuration.caFile { pkgmine_set_string(easy, CURLOPT_CAINFO, file) }
    }

    /// Most requests of a run have the same fields.
    private func setFields(_ headers: [Header], encodings: String) {
        guard fields == nil || headers != lastFields.headers || encodings != lastFields.encodings else { return }
        lastFields = (headers, encodings)
        curl_slist_free_all(fields)
        fields = curl_slist_append(nil, "Accept-Encoding: \(encodings)")
        for header in headers {
            fields = curl_slist_append(fields, fieldLine(header)) ?? fields
        }
        pkgmine_set_list(easy, CURLOPT_HTTPHEADER, fields)
    }

    /// The field as it goes over the wire: without a line end that would begin another field.
    private func fieldLine(_ header: Header) -> String {
        let line = header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)"
        return String(String.UnicodeScalarView(line.unicodeScalars.filter { $0.value >= 32 || $0 == "\t" }))
    }

    fileprivate func take(head line: UnsafeRawBufferPointer) -> Int {
        lastLife = turn.now
        return incoming.takeHead(line) ? line.count : 0
    }

    fileprivate func take(body bytes: UnsafeRawBufferPointer) -> Int {
        lastLife = turn.now
        guard let stream = transfer?.stream else { return incoming.takeBody(bytes) ? bytes.count : 0 }
        isPaused = !stream.take(bytes, of: incoming.head)
        return isPaused ? Int(CURL_WRITEFUNC_PAUSE) : bytes.count
    }
}

private func inWords(_ duration: Duration) -> String {
    "\(duration.inSeconds.formatted(.number.precision(.fractionLength(0...1)).grouping(.never).locale(Locale(identifier: "en_US")))) s"
}

private func milliseconds(_ duration: Duration) -> Int {
    Int(duration.inSeconds * 1000)
}

private let receiveHead: pkgmine_receiver = { bytes, size, count, user in
    guard let user, let bytes else { return 0 }
    let handle = Unmanaged<EasyHandle>.fromOpaque(user).takeUnretainedValue()
    return handle.take(head: UnsafeRawBufferPointer(start: bytes, count: size * count))
}

private let receiveBody: pkgmine_receiver = { bytes, size, count, user in
    guard let user, let bytes else { return 0 }
    let handle = Unmanaged<EasyHandle>.fromOpaque(user).takeUnretainedValue()
    return handle.take(body: UnsafeRawBufferPointer(start: bytes, count: size * count))
}
