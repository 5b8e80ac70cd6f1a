import Foundation
import PackageMining

extension Fault {
    /// What the server does in place of `answer`.
    func answer(
        to request: LoopbackRequest, at baseURL: String, now: Date, measures: FaultMeasures,
        insteadOf answer: () async -> LoopbackAnswer
    ) async -> LoopbackAnswer {
        switch self {
        case .throttledForSeconds: refusal(retryAfter: String(measures.retryAfterSeconds))
        case .throttledUntilDate: refusal(retryAfter: httpDate(now + Double(measures.retryAfterSeconds)))
        case .throttledAbsurdly: refusal(retryAfter: "999999999")
        case .throttled: LoopbackAnswer.text(429, "too many requests")
        case .internalError, .badGateway, .unavailable, .gatewayTimeout:
            LoopbackAnswer.text(Int(rawValue) ?? 500, "server error")
        case .refused: LoopbackAnswer(503, delivery: .outage(measures.outage))
        case .emptyBody: LoopbackAnswer(200)
        case .html: Self.page
        case .redirect: .redirect(to: "\(LoopbackServer.movedPrefix)\(request.target)")
        case .redirectLoop: .redirect(to: "\(LoopbackServer.loopPrefix)\(request.target)")
        case .redirectToHTTP: .redirect(to: "\(baseURL)\(LoopbackServer.movedPrefix)\(request.target)")
        case .redirectToFile: .redirect(to: "file:///etc/hosts")
        case .silence: LoopbackAnswer(200, delivery: .silence)
        case .hugeBody: Self.huge(mebibytes: measures.hugeMebibytes)
        case .gzipBomb: Self.bomb(mebibytes: measures.hugeMebibytes)
        default: spoiled(await answer(), for: request, measures: measures)
        }
    }

    /// The true answer, damaged on its way.
    private func spoiled(
        _ answer: LoopbackAnswer, for request: LoopbackRequest, measures: FaultMeasures
    ) -> LoopbackAnswer {
        var answer = answer
        if self == .cutInsideGzip || self == .shortGzip, request.acceptsGzip { answer = answer.gzipped() }
        answer.mayCompress = false
        let half = answer.body.count / 2
        switch self {
        case .resetBeforeBody: answer.delivery = .reset(after: nil)
        case .resetInsideBody: answer.delivery = .reset(after: half)
        case .cutAtLineEnd: answer.delivery = .cut(after: lineEnd(in: answer.body, before: half) ?? half)
        case .cutInsideLine: answer.delivery = .cut(after: insideLine(of: answer.body, at: half))
        case .cutChunked: answer.delivery = .cutChunked(after: half)
        case .cutUnframed: answer.delivery = .unframed(insideLine(of: answer.body, at: half))
        case .cutInsideGzip: answer.delivery = .cut(after: half)
        case .shortGzip: answer.body = Array(answer.body.prefix(half))
        case .lengthTooLarge: answer.delivery = .announced(length: answer.body.count + 100)
        case .shortPage: answer.body = Array(answer.body.prefix(lineEnd(in: answer.body, before: half) ?? 0))
        case .trickle: answer.delivery = .trickle(pause: measures.tricklePause)
        default: break
        }
        return answer
    }

    private func refusal(retryAfter: String) -> LoopbackAnswer {
        var answer = LoopbackAnswer.text(429, "too many requests")
        answer.headers.append(Header("Retry-After", retryAfter))
        return answer
    }

    /// With a sequence in it that clears a terminal, for whoever puts answers into messages.
    private static var page: LoopbackAnswer {
        LoopbackAnswer(
            200, headers: [Header("Content-Type", "text/html; charset=utf-8")],
            body: Array(
                "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>\u{1B}[2J…</body></html>\n".utf8))
    }

    private static func huge(mebibytes: Int) -> LoopbackAnswer {
        LoopbackAnswer(200, body: [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20), delivery: .repeated(mebibytes))
    }

    private static func bomb(mebibytes: Int) -> LoopbackAnswer {
        LoopbackAnswer(
            200, headers: [Header("Content-Encoding", "gzip")], body: MinerTestKit.gzipBomb(mebibytes: mebibytes))
    }
}

/// The place behind the last line break among the first `limit` bytes.
private func lineEnd(in body: [UInt8], before limit: Int) -> Int? {
    body.prefix(limit).lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 }
}

/// A place at or before `place` that is not a line's end.
private func insideLine(of body: [UInt8], at place: Int) -> Int {
    place > 1 && body[place - 1] == UInt8(ascii: "\n") ? place - 1 : place
}

/// The date as HTTP writes it (https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7).
private func httpDate(_ date: Date) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(secondsFromGMT: 0)
    formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    return formatter.string(from: date)
}
