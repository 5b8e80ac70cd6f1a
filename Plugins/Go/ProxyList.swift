import PackageMining

/// Module proxies in the order in which they are asked, as GOPROXY writes them (https://go.dev/ref/mod#environment-variables):
/// after a comma the next one is asked when a proxy does not have a module (404, 410), after `|` on any error.
public struct ProxyList: Hashable, Sendable {
    struct Proxy: Hashable, Sendable {
        let url: String
        /// Whether the next one is asked on any error.
        let passesOnErrors: Bool
    }

    let text: String
    let proxies: [Proxy]

    /// - Throws: `ProxyList.Unusable`
    init(_ text: String) throws {
        var proxies: [Proxy] = []
        var rest = text[...]
        while true {
            let url = rest.prefix { $0 != "," && $0 != "|" }
            rest = rest.dropFirst(url.count)
            let name = url.filter { $0 != " " }
            if !name.isEmpty {
                try ProxyList.check(name)
                proxies.append(Proxy(url: ProxyList.withoutSlash(name), passesOnErrors: rest.first == "|"))
            }
            if rest.isEmpty { break }
            rest = rest.dropFirst()
        }
        guard !proxies.isEmpty else { throw Unusable(proxy: text, reason: "it names no proxy") }
        self.proxies = proxies
        self.text = text
    }

    private static func check(_ name: String) throws {
        if name == "direct" {
            throw Unusable(proxy: name, reason: "it means cloning repositories, and this tool asks proxies only")
        }
        if name == "off" { throw Unusable(proxy: name, reason: "it means that no proxy may be asked") }
        guard name.hasPrefix("https://") || name.hasPrefix("http://") else {
            throw Unusable(proxy: name, reason: "it is no http or https address")
        }
    }

    private static func withoutSlash(_ url: String) -> String {
        url.hasSuffix("/") ? String(url.dropLast()) : url
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
