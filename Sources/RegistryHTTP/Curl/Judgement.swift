import CLibCurl
import PackageMining

/// What the end of a transfer means: for the task that waits, and for the host.
struct Judgement {
    let result: Attempt.Result
    let ending: Ending
    var retryAfter: String?

    /// When the host's limit of requests begins anew, where the answer says that it is used up.
    var reset: String?

    init(_ error: WireError, _ ending: Ending) {
        result = .failed(error)
        self.ending = ending
    }

    /// Of one that has taken too long.
    init(overdue transfer: Transfer, _ handle: EasyHandle) {
        let incoming = handle.incoming
        if transfer.order.isWebPage, incoming.head.isComplete, !incoming.body.isEmpty, incoming.refusal == nil {
            self.init(answer: incoming, of: transfer, location: nil, isCut: true)
        } else {
            self.init(WireError(.unreachable, url: transfer.order.url, handle.overdueReason), .refusal)
        }
    }

    init(of transfer: Transfer, _ handle: EasyHandle, _ code: CURLcode) {
        let incoming = handle.incoming
        let url = transfer.order.url
        let hasHead = incoming.head.isComplete
        if let address = handle.refusedAddress {
            let reason = "\(transfer.host) leads to \(address), which is no address of the public network"
            self.init(WireError(.refused, url: url, reason), .withdrawn)
        } else if transfer.order.isWebPage, incoming.refusal?.category == .tooLarge {
            self.init(answer: incoming, of: transfer, location: handle.redirectURL, isCut: true)
        } else if let refusal = incoming.refusal {
            self.init(WireError(refusal.category, url: url, refusal.reason, status: incoming.head.status), .alive)
        } else if code != CURLE_OK {
            let error = TransportError(code: Int(code.rawValue), text: handle.reason(code))
            if error.isOfPlainHTTP {
                let reason = "the port does not speak TLS (\(error.text)); is http:// meant?"
                self.init(WireError(.refused, url: url, reason, cause: error), .withdrawn)
                return
            }
            let category: WireError.Category = isRefusal(code) ? .refused : .unreachable
            self.init(WireError(category, url: url, error.text, cause: error), meaning(of: code, hasHead: hasHead))
        } else if let reason = transfer.stream == nil ? incoming.incompleteness() : nil {
            self.init(WireError(.unreachable, url: url, reason), .alive)
        } else if incoming.head.status == 304, transfer.order.condition == nil {
            self.init(WireError(.malformed, url: url, "unexpected status 304", status: 304), .alive)
        } else {
            self.init(answer: incoming, of: transfer, location: handle.redirectURL)
        }
    }

    /// What was answered; 0 where nothing was.
    var status: Int {
        if case .answered(let response, _) = result { response.status } else { 0 }
    }

    /// Why the host is to be left alone for a while, if it is.
    var failure: String? {
        switch result {
        case .failed(let error): error.reason
        case .answered(let response, _):
            response.isRateLimit || response.status >= 500 ? "status \(response.status)" : nil
        }
    }

    private init(answer incoming: Incoming, of transfer: Transfer, location: String?, isCut: Bool = false) {
        let head = incoming.head
        let response = Response(
            status: head.status, url: urlWithoutCredentials(transfer.order.url), headers: head.headers,
            body: incoming.body, isCut: isCut)
        result = .answered(response, location: location)
        switch head.status {
        case _ where response.isRateLimit: ending = .limit
        case 503, 408: ending = .refusal
        case 500...599 where transfer.order.isEssential: ending = .silence
        case 425, 500...599: ending = .alive
        default: ending = .success
        }
        if head.isLimitUsedUp { reset = head.limitReset }
        if response.isRateLimit || head.status >= 500 { retryAfter = response.header("Retry-After") }
    }
}

/// What libcurl says about a transfer that failed.
struct TransportError: Error, CustomStringConvertible {
    let code: Int
    let text: String
    var description: String { "\(text) (curl \(code))" }

    /// Whether https was asked of a port that speaks plain http. OpenSSL takes the first bytes for a version of TLS.
    fileprivate var isOfPlainHTTP: Bool {
        code == Int(CURLE_SSL_CONNECT_ERROR.rawValue) && text.contains("wrong version number")
    }
}

private func meaning(of code: CURLcode, hasHead: Bool) -> Ending {
    if isRefusal(code) { return .withdrawn }
    if code == CURLE_OPERATION_TIMEDOUT { return .refusal }
    return hasHead ? .alive : .silence
}

/// Failures that no second attempt mends: an authority that is not trusted, a URL that is none.
private func isRefusal(_ code: CURLcode) -> Bool {
    switch code {
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR,
        CURLE_SSL_INVALIDCERTSTATUS, CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT:
        true
    default: false
    }
}
