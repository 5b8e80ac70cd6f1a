package import PackageMining

/// The rules for redirects, kept here and not in libcurl, so that each of them is certain.
package enum Redirect {
    static let limit = 10

    static func isOne(_ response: Response) -> Bool {
        switch response.status {
        case 301, 302, 303, 307, 308: response.header("Location") != nil
        default: false
        }
    }

    /// The order that asks where the answer points to. `location` is the absolute URL, as libcurl resolved it.
    package static func follow(_ order: Order, _ response: Response, to location: String?) throws(WireError) -> Order {
        let target = location ?? response.header("Location") ?? ""
        let isSecure = hasScheme("https", target)
        guard isSecure || hasScheme("http", target) else {
            throw WireError(
                .refused, url: order.url, "a redirect to \(printable(urlWithoutCredentials(target)))",
                status: response.status)
        }
        if hasScheme("https", order.url), !isSecure {
            throw WireError(
                .refused, url: order.url, "a redirect from https to \(printable(urlWithoutCredentials(target)))",
                status: response.status)
        }
        var next = order
        next.url = target
        next.notBefore = 0
        if hostKey(of: target) != hostKey(of: order.url) { next.headers.removeAll(where: isSecret) }
        return next
    }

    private static func hasScheme(_ scheme: String, _ url: String) -> Bool {
        url.prefix(scheme.utf8.count + 3).lowercased() == scheme + "://"
    }

    private static func isSecret(_ header: Header) -> Bool {
        ["authorization", "cookie", "proxy-authorization"].contains(header.name.lowercased())
    }
}
