import PackageMining

/// Looks a module up as the go command does: at the proxies of the list, and behind them, where the list says `direct`,
/// at the place that its path means.
struct ModuleLookup {
    let origins: OriginLookup

    /// Nil where the list ends with its proxies.
    let direct: DirectLookup?

    func resolve(_ package: Package) async throws -> Resolution {
        guard let direct else { return try await origins.resolve(package) }
        do {
            let told = try await origins.resolve(package)
            guard told.outcome == .gone || told.outcome == .notCached else { return told }
            return try await direct.resolve(package) ?? told
        } catch let passed as ProxyWay.PassedOn {
            return try await direct.resolve(package) ?? passed.last.get()
        }
    }
}
