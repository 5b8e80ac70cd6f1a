import MinerTestKit

/// An answer of the module proxy.
public struct GoProxyAnswer: Hashable, Sendable {
    public var status: Int
    public var body: String

    /// How often "fetch timed out" is answered first.
    public var timeouts: Int

    public init(_ status: Int, _ body: String, timeouts: Int = 0) {
        self.status = status
        self.body = body
        self.timeouts = timeouts
    }

    static let timeout = GoProxyAnswer(404, "not found: fetch timed out")
    static let notCached = GoProxyAnswer(404, "not found: temporarily unavailable")
}

extension GoModule {
    /// The answer for `@latest`, or for `@v/VERSION.info` where a version is given.
    func answer(for version: String?) -> GoProxyAnswer {
        guard let newest = releases.last?.version else { return .notCached }
        if let version, !releases.contains(where: { $0.version == version }) { return unknown(version) }
        let asked = version ?? newest
        switch conduct {
        case .origin: return GoProxyAnswer(200, info(asked, withOrigin: true))
        case .originInInfoOnly:
            return GoProxyAnswer(200, info(version ?? older(than: newest), withOrigin: version == newest))
        case .infoOnly:
            return version == nil
                ? GoProxyAnswer(404, "not found: no matching versions for query \"latest\"")
                : GoProxyAnswer(200, info(asked, withOrigin: true))
        case .timesOutOnce: return GoProxyAnswer(200, info(asked, withOrigin: true), timeouts: 1)
        case .timesOutTwice: return GoProxyAnswer(200, info(asked, withOrigin: true), timeouts: 2)
        case .noOrigin: return GoProxyAnswer(200, info(asked, withOrigin: false))
        case .originWithoutURL: return GoProxyAnswer(200, infoWithoutURL(asked))
        case .notFound: return GoProxyAnswer(404, "not found: module \(path): git ls-remote: repository not found")
        case .gone: return GoProxyAnswer(410, "not found: \(path)@\(asked): invalid version: unknown revision \(asked)")
        case .notCached: return .notCached
        case .badRequest: return GoProxyAnswer(400, "bad request: module \(path) cannot be served")
        case .withheld: return GoProxyAnswer(451, "unavailable for legal reasons")
        case .forbidden: return GoProxyAnswer(403, "forbidden")
        case .alwaysTimesOut: return .timeout
        case .alwaysFails: return GoProxyAnswer(500, "internal server error")
        case .brokenJSON: return GoProxyAnswer(200, String(info(asked, withOrigin: true).dropLast(9)))
        case .unaskable: return GoProxyAnswer(400, "bad request: \(path) should not have been asked for")
        }
    }

    /// A version that was cached before proxies told Origins.
    private func older(than newest: String) -> String {
        releases.first { $0.version != newest }?.version ?? "v0.0.0-20180102030405-0123456789ab"
    }

    private func unknown(_ version: String) -> GoProxyAnswer {
        GoProxyAnswer(404, "not found: \(path)@\(version): invalid version: unknown revision \(version)")
    }

    private func info(_ version: String, withOrigin: Bool) -> String {
        let subdirectory = subdirectory.map { ",\"Subdir\":\(jsonString($0))" } ?? ""
        let origin =
            ",\"Origin\":{\"VCS\":\"git\",\"URL\":\(jsonString(repository))\(subdirectory)\(originTail(version))}"
        return "{\"Version\":\(jsonString(version)),\"Time\":\"\(secondText(of: version))\"\(withOrigin ? origin : "")}"
    }

    private func infoWithoutURL(_ version: String) -> String {
        "{\"Version\":\(jsonString(version)),\"Time\":\"\(secondText(of: version))\",\"Origin\":{\"VCS\":\"git\"}}"
    }

    /// Hash and, for a tag, the reference, as the proxy tells them.
    private func originTail(_ version: String) -> String {
        var random = SeededRandom(seed: 0, text: path + version)
        let hash = (0..<40).map { _ in "0123456789abcdef".randomElement(using: &random) ?? "0" }
        let prefix = subdirectory.map { $0 + "/" } ?? ""
        let reference = isPseudoVersion(version) ? "" : ",\"Ref\":\(jsonString("refs/tags/\(prefix)\(version)"))"
        return ",\"Hash\":\"\(String(hash))\"\(reference)"
    }

    /// When the version was made: to the second, as the proxy tells it.
    private func secondText(of version: String) -> String {
        let time = releases.first { $0.version == version }?.time.nanoseconds ?? 0
        return EntryTime(nanoseconds: time / 1_000_000_000 * 1_000_000_000).text
    }
}

/// Whether a version is made from a commit: `v0.0.0-20160115033711-4fc9b3cd1ed5`
/// (https://go.dev/ref/mod#pseudo-versions).
func isPseudoVersion(_ version: String) -> Bool {
    let parts = version.prefix { $0 != "+" }.split(separator: "-")
    guard parts.count >= 2, let revision = parts.last, revision.utf8.count == 12 else { return false }
    let stamp = parts[parts.count - 2].split(separator: ".").last ?? ""
    return stamp.utf8.count == 14 && stamp.utf8.allSatisfy { (48...57).contains($0) }
}
