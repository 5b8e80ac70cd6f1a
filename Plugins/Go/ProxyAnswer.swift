package import PackageMining
import RegistryJSON

/// What a module proxy says to `@latest` or to a version's `.info`.
package enum ProxyAnswer: Hashable, Sendable {
    case info(version: String, originURL: String?)
    case absent(Outcome)
    case refused(Outcome)

    private static let columns = ["/Version", "/Origin/URL"]

    /// - Throws: `WireError` for an answer that is worth another attempt.
    package init(_ response: Response) throws {
        if [400, 404, 410].contains(response.status), let trouble = NetworkTrouble.text(in: response.body) {
            throw ProxyAnswer.unreachable(response, trouble)
        }
        switch response.status {
        case 200: self = try ProxyAnswer.info(in: response)
        case 404, 410: self = .absent(ProxyAnswer.absence(in: response))
        case 400: self = .refused(.rejected)
        case 401, 403: self = .refused(.forbidden)
        case 451: self = .refused(.withheld)
        default: throw response.statusError()
        }
    }

    private static func info(in response: Response) throws -> ProxyAnswer {
        do {
            var reader = JSONReader(columns)
            let texts = try reader.strings(in: response.body)
            guard let version = texts[0], !version.isEmpty else {
                throw WireError(.malformed, url: response.url, "the answer names no Version", status: 200)
            }
            return .info(version: version, originURL: texts[1].flatMap { $0.isEmpty ? nil : $0 })
        } catch let error as JSONError {
            throw WireError(.malformed, url: response.url, "no JSON: \(error)", status: 200, cause: error)
        }
    }

    /// The proxy could not ask where the module comes from: nothing is known of it, and nothing is settled.
    private static func unreachable(_ response: Response, _ trouble: String) -> WireError {
        WireError(
            .unreachable, url: response.url, "status \(response.status), and the proxy could not ask: \(trouble)",
            status: response.status)
    }

    /// A 404 may mean that the proxy was told to answer from its cache alone.
    private static func absence(in response: Response) -> Outcome {
        let body = String(decoding: response.body.prefix(2_000), as: UTF8.self)
        return body.contains("temporarily unavailable") ? .notCached : .gone
    }
}
