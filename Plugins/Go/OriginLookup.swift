import PackageMining

/// Finds the repository that a module comes from: the Origin that a module proxy tells of its latest version, and
/// where that has none or is not there, of versions that the index told (https://go.dev/ref/mod#goproxy-protocol).
///
/// An Origin is missing where the proxy cached a version before about August 2022 (https://go.dev/issue/54501): of the
/// versions of a module, the one that the index saw last is the likeliest to have one. No version is asked for twice,
/// and none that `@latest` has just described. Nothing is inferred from a module's path.
struct OriginLookup {
    let proxies: ProxyWay

    func resolve(_ package: Package) async throws -> Resolution {
        guard let path = ModulePath.escaped(package.name) else { return Resolution(.invalidName) }
        let latest = try await proxies.ask("/\(path)/@latest")
        switch latest {
        case .refused(let outcome): return Resolution(outcome)
        case .info(_, let url?): return .links(homepage: url, repository: url)
        case .info(let version, nil): return try await originOfOthers(than: version, of: package, path)
        case .absent: return try await originOfTold(package, path) ?? Resolution(.gone)
        }
    }

    /// The latest version has no Origin. Where another could not be asked for, nothing is known of its Origin.
    private func originOfOthers(than latest: String, of package: Package, _ path: String) async throws -> Resolution {
        var versions = Versions(described: latest)
        var unknown: Resolution?
        for release in [package.lastTold, package.newest] {
            guard let answer = try await askOnlyProxies(versions.next(release), path) else { continue }
            switch answer {
            case .info(_, let url?): return .links(homepage: url, repository: url)
            case .info, .absent(.gone): continue
            case .absent(let outcome), .refused(let outcome): unknown = unknown ?? Resolution(outcome)
            }
        }
        return unknown ?? Resolution(.noRepository)
    }

    /// There is no latest version. The newest that the index told may be there, or an older one; where none can be
    /// had, the newest one's answer counts. Nil where there is none to ask for.
    private func originOfTold(_ package: Package, _ path: String) async throws -> Resolution? {
        var versions = Versions()
        var first: Resolution?
        for release in [package.newest] + package.older {
            guard let answer = try await ask(versions.next(release), path) else { continue }
            switch answer {
            case .info(_, let url?):
                let links = Resolution.links(homepage: url, repository: url)
                return first == nil ? links : links.lagging(lag(package, release))
            case .info(let version, nil):
                return try await originOfOthers(than: version, of: package, path)
            case .refused(let outcome) where outcome != .rejected: return first ?? Resolution(outcome)
            case .absent(let outcome), .refused(let outcome): first = first ?? Resolution(outcome)
            }
        }
        return first
    }

    private func lag(_ package: Package, _ release: Release) -> String {
        "\(package.newest.version) is listed and cannot be had: these are \(release.version)'s links"
    }

    /// The proxies have the module: nobody else is asked for its Origin.
    private func askOnlyProxies(_ version: String?, _ path: String) async throws -> ProxyAnswer? {
        do {
            return try await ask(version, path)
        } catch let passed as ProxyWay.PassedOn {
            return .refused(try passed.last.get().outcome)
        }
    }

    private func ask(_ version: String?, _ path: String) async throws -> ProxyAnswer? {
        guard let version else { return nil }
        return try await proxies.ask("/\(path)/@v/\(version).info")
    }
}

/// The versions of one module that were asked for.
private struct Versions {
    private var asked: Set<[UInt8]> = []

    init(described: String? = nil) {
        if let described { asked = [Array(described.utf8)] }
    }

    /// The version as it is asked for; nil where it was, or cannot be.
    mutating func next(_ release: Release) -> String? {
        guard let escaped = ModulePath.escapedVersion(release.version) else { return nil }
        return asked.insert(Array(release.version.utf8)).inserted ? escaped : nil
    }
}
