import PackageMining
import RegistryJSON

/// Finds the repository that a module comes from: the Origin that a module proxy tells of its latest version, and
/// where that has none, of one version (https://go.dev/ref/mod#goproxy-protocol).
///
/// An Origin is missing where the proxy cached a version before about 2022. Nothing is inferred from a module's path.
struct OriginLookup {
    let proxies: ProxyList
    let session: any RegistrySession

    func resolve(_ package: Package) async throws -> Resolution {
        guard let path = ModulePath.escaped(package.name) else { return Resolution(.invalidName) }
        let latest = try await ask("/\(path)/@latest")
        if let refusal = latest.refusal { return Resolution(refusal) }
        if let found = latest.resolution { return found }
        guard let version = ModulePath.escapedVersion(latest.version ?? package.newest.version) else {
            return latest.resolutionWithoutOrigin
        }
        let info = try await ask("/\(path)/@v/\(version).info")
        if let found = info.resolution { return found }
        // Where the version could not be asked for, nothing is known of its Origin.
        let isAnswered = !latest.isAbsent && info == .absent(.gone)
        return isAnswered ? latest.resolutionWithoutOrigin : info.resolutionWithoutOrigin
    }

    /// Asks the proxies in their order; the last answer counts.
    private func ask(_ path: String) async throws -> ProxyAnswer {
        for proxy in proxies.proxies.dropLast() {
            do {
                let answer = try await fetch(proxy.url + path)
                if !answer.isAbsent && (answer.refusal == nil || !proxy.passesOnErrors) { return answer }
            } catch let error as WireError where proxy.passesOnErrors && error.category != .cancelled {
                continue
            }
        }
        return try await fetch(proxies.proxies[proxies.proxies.count - 1].url + path)
    }

    private func fetch(_ url: String) async throws -> ProxyAnswer {
        try await session.fetch(Request(url, bodyLimit: 1 << 20), read: ProxyAnswer.init)
    }
}

/// What a module proxy says to `@latest` or to a version's `.info`.
package enum ProxyAnswer: Hashable, Sendable {
    case info(version: String, originURL: String?)
    case absent(Outcome)
    case refused(Outcome)

    private static let columns = ["/Version", "/Origin/URL"]

    /// - Throws: `WireError` for an answer that is worth another attempt.
    package init(_ response: Response) throws {
        switch response.status {
        case 200: self = try ProxyAnswer.info(in: response)
        case 404, 410: self = .absent(try ProxyAnswer.absence(in: response))
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

    /// Two texts of a 404 mean something else than that the module is gone: the proxy ran out of time while it looked,
    /// or was told to answer from its cache alone.
    private static func absence(in response: Response) throws -> Outcome {
        let body = String(decoding: response.body.prefix(2_000), as: UTF8.self)
        if body.contains("fetch timed out") {
            throw WireError(
                .unreachable, url: response.url, "the proxy ran out of time: fetch timed out", status: response.status)
        }
        return body.contains("temporarily unavailable") ? .notCached : .gone
    }

    package var version: String? {
        if case .info(let version, _) = self { version } else { nil }
    }

    var isAbsent: Bool {
        if case .absent = self { true } else { false }
    }

    var refusal: Outcome? {
        if case .refused(let outcome) = self { outcome } else { nil }
    }

    /// The links, where the answer has an Origin.
    package var resolution: Resolution? {
        guard case .info(_, let url?) = self else { return nil }
        return .links(homepage: url, repository: url)
    }

    var resolutionWithoutOrigin: Resolution {
        switch self {
        case .info: Resolution(.noRepository)
        case .absent(let outcome), .refused(let outcome): Resolution(outcome)
        }
    }
}
