public import PackageMining

extension CurlSession {
    /// How a session asks, waits and gives up.
    public struct Configuration: Sendable {
        /// Who asks, as the User-Agent field says it.
        public var userAgent: String

        /// A file of authorities (PEM) to trust in place of the system's, for registries behind a private one.
        public var caFile: String?

        /// The largest number of requests in flight for a host.
        public var concurrency = 256

        /// What hosts bear, by scheme, name and port. ``concurrency`` can lower it, and never raises it.
        package private(set) var paces: [String: Pace] = [:]

        /// Has the hosts of these registries asked no faster than they bear.
        public mutating func keepPaces(of registries: [Registry]) {
            for registry in registries {
                guard let pace = registry.pace else { continue }
                let host = hostKey(of: registry.url)
                paces[host] = paces[host]?.kept(with: pace) ?? pace
            }
        }

        /// The longest time to a connection, TLS included.
        public var connectTimeout: Duration = .seconds(15)

        /// The longest time without a byte.
        public var stallTimeout: Duration = .seconds(30)

        /// The longest time for one attempt from its launch to its last byte. Downloads have no such limit.
        public var attemptTimeout: Duration = .seconds(120)

        /// How often a request is tried.
        public var attempts = 6

        /// The back-off before the second attempt; twice as long before each that follows. Full jitter: the wait is
        /// anything from nothing to this.
        public var backoffBase: Duration = .milliseconds(500)
        public var backoffCap: Duration = .seconds(30)

        /// The longest Retry-After that is waited for.
        public var longestRetryAfter: Duration = .seconds(15 * 60)

        /// The longest time that a host is left alone which says when its limit of requests begins anew.
        public var longestRest: Duration = .seconds(60 * 60)

        /// How long a host may answer nothing before its requests fail.
        public var outageLimit: Duration = .seconds(10 * 60)

        public var time = TimeSource.system

        /// Where names are, whatever the network says, as curl's `CURLOPT_RESOLVE` writes it: for tests.
        package var resolved: [String] = []

        public init(userAgent: String) {
            self.userAgent = userAgent
        }

        /// A User-Agent that tells a registry whom to talk to: `pkgmine/1.0 (+https://…; name@example.org)`, and nothing
        /// in brackets where neither is known.
        public init(tool: String = "pkgmine", version: String, projectURL: String? = nil, contact: String? = nil) {
            let known = [projectURL.map { "+\($0)" }, contact].compactMap { $0 }
            let text = "\(tool)/\(version)" + (known.isEmpty ? "" : " (\(known.joined(separator: "; ")))")
            let safe = text.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }
            userAgent = String(String.UnicodeScalarView(safe))
        }
    }
}
