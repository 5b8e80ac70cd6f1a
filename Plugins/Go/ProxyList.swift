import Foundation
import PackageMining

/// Module proxies in the order in which they are asked, as GOPROXY writes them
/// (https://go.dev/ref/mod#environment-variables): after a comma the next one is asked when a proxy does not have a
/// module (404, 410), after `|` on any error.
///
/// Read as cmd/go/internal/modfetch reads it (`proxyList`): white space around an address and empty addresses are
/// passed over, `proxy.example` means `https://proxy.example`, and `direct` or `off` end the list: what stands behind
/// one is never asked. What `direct` means here is told at ``DirectLookup``.
public struct ProxyList: Hashable, Sendable {
    package struct Proxy: Hashable, Sendable {
        package let url: String
        /// Whether the next one is asked on any error.
        package let passesOnErrors: Bool
    }

    package let proxies: [Proxy]

    /// Whether `direct` stands behind the proxies, or alone.
    package let goesDirect: Bool

    /// - Throws: `ProxyList.Unusable`
    package init(_ text: String) throws {
        var proxies: [Proxy] = []
        var end: String?
        var rest = text[...]
        while end == nil, !rest.isEmpty {
            let item = rest.prefix { $0 != "," && $0 != "|" }
            rest = rest.dropFirst(item.count)
            let passesOnErrors = rest.popFirst() == "|"
            let name = item.trimmingCharacters(in: .whitespacesAndNewlines)
            if name == "direct" || name == "off" {
                end = name
            } else if !name.isEmpty {
                proxies.append(Proxy(url: try ProxyList.address(name), passesOnErrors: passesOnErrors))
            }
        }
        goesDirect = end == "direct"
        if proxies.isEmpty, !goesDirect {
            let reason = end == nil ? "it names no proxy" : "it means that no proxy may be asked"
            throw Unusable(proxy: end ?? text, reason: reason)
        }
        self.proxies = proxies
    }

    /// The list of a proxy that a page has named.
    init(only url: String) {
        proxies = [Proxy(url: url, passesOnErrors: false)]
        goesDirect = false
    }

    /// What is asked, as GOPROXY would write it.
    package var text: String {
        let next = proxies.dropFirst().map(\.url) + [goesDirect ? "direct" : ""]
        let written = zip(proxies, next)
            .map { proxy, next in proxy.url + (next.isEmpty ? "" : proxy.passesOnErrors ? "|" : ",") }
        return written.joined() + (goesDirect ? "direct" : "")
    }

    /// Where modules are looked up, in the words of the manifest: `direct` alone leads to the page of each module.
    var registry: Registry {
        proxies.isEmpty
            ? Registry(name: "page of the module", url: "https://<module path>?go-get=1")
            : Registry(name: "module proxy", url: text)
    }

    private static func address(_ name: String) throws -> String {
        let isBare = name.contains { ".:/".contains($0) } && !name.contains(":/") && !name.hasPrefix("/")
        var url = isBare ? "https://" + name : name
        let scheme = url.prefix { $0 != ":" }.lowercased()
        guard scheme == "https" || scheme == "http", url.dropFirst(scheme.count).hasPrefix("://"),
            !url.contains(where: { $0.isWhitespace })
        else { throw Unusable(proxy: name, reason: "it is no http or https address") }
        while url.hasSuffix("/") { url.removeLast() }
        return url
    }

    /// A proxy list that cannot be used.
    public struct Unusable: Error, CustomStringConvertible {
        let proxy: String
        let reason: String

        public var description: String {
            printable(
                "`\(urlWithoutCredentials(proxy))` cannot be used as a module proxy: \(reason). Give one or more "
                    + "addresses, as in --proxy-url \(GoMiner.defaultProxyURL)")
        }
    }
}
