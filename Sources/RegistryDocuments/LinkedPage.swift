import Foundation
public import PackageMining

/// A page of a list whose pages lead to one another: what it tells, and where the next one is.
public struct LinkedPage: Sendable {
    /// What is handed over.
    public var page = Page()

    /// How many packages the whole list has, where the page says so.
    public var total: Int?

    private var steps: [String] = []

    public init() {}

    /// Whether it has no entry, be it one that cannot be read.
    var isEmpty: Bool { page.count == 0 && page.problems.isEmpty }

    /// Says where the next page is. One that does not lead on is the last, and one without packages is not for that.
    ///
    /// - Parameter bases: what the address is relative to, each relative to the one before it, and the first to where
    ///   the page itself was found.
    public mutating func leads(to address: String, relativeTo bases: [String] = []) { steps = bases + [address] }

    /// Path and query of the next page; nil where there is none.
    ///
    /// - Throws: `WireError` where it is on another host than the list: nobody asks that on a registry's word.
    func next(in response: Response, of list: ListAddress) throws -> String? {
        if steps.isEmpty { return nil }
        let found = steps.reduce(URL(string: response.url)) { URL(string: $1, relativeTo: $0) }
        guard let found, let parts = URLComponents(url: found, resolvingAgainstBaseURL: true) else {
            throw response.malformed("its link to the next page is no address: \(steps[steps.count - 1])")
        }
        guard let host = parts.ownHost, host == URLComponents(string: list.origin)?.ownHost else {
            let there = urlWithoutCredentials(found.absoluteString)
            let reason = "its link to the next page leads to another host, and is not followed: \(there)"
            throw WireError(.refused, url: response.url, reason, status: response.status, isFinal: true)
        }
        return parts.percentEncodedPath + (parts.percentEncodedQuery.map { "?\($0)" } ?? "")
    }
}

/// Where a list begins: its pages are asked for there, by the scheme and with the credentials that were given.
struct ListAddress: Sendable {
    /// `https://host`
    let origin: String

    /// Path and query.
    let first: String

    init(_ url: String) {
        let host = url.firstRange(of: "://")?.upperBound ?? url.startIndex
        let path = url[host...].firstIndex { "/?".contains($0) } ?? url.endIndex
        (origin, first) = (String(url[..<path]), String(url[path...]))
    }

    /// The address of a page as it may be shown.
    func shown(_ page: String) -> String { urlWithoutCredentials(origin + page) }
}

extension URLComponents {
    /// The host, and its port where that is not the scheme's own: http and https are one.
    fileprivate var ownHost: String? {
        host.map { "\($0.lowercased()):\(port.map { $0 == 80 || $0 == 443 ? 0 : $0 } ?? 0)" }
    }
}
