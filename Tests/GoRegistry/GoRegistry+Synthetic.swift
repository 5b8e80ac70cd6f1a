import Synchronization

extension GoRegistry {
    /// Which conducts a synthetic registry has.
    public enum Mix: Sendable {
        /// All of ``GoConduct``: a run over it cannot settle everything.
        case everything
        /// Only those that a run can settle.
        case healthy
        /// Only those with an Origin in the first answer: a request a module.
        case plain
    }

    /// A registry of that many modules, always the same for the same arguments.
    ///
    /// Of 10,000 modules about 8,300 have an Origin, 670 have one only behind a second or third request, 600 have none,
    /// and the rest is gone, refused, broken or unaskable. About 8% of the paths have capitals.
    public static func synthetic(
        modules: Int, seed: UInt64, mix: Mix = .everything, pageSize: Int = 2_000
    ) -> GoRegistry {
        let registry = GoRegistry(syntheticModules(modules, seed: seed, mix: mix))
        registry.pageSize = pageSize
        return registry
    }

    /// The modules of ``synthetic(modules:seed:mix:pageSize:)``.
    public static func syntheticModules(
        _ count: Int, seed: UInt64, mix: Mix = .everything, prefix: String = "",
        from start: EntryTime = EntryTime(nanoseconds: 1_554_923_332_997_264_000)
    ) -> [GoModule] {
        let shares =
            switch mix {
            case .everything: GoSynthetic.everything
            case .healthy: GoSynthetic.healthy
            case .plain: [(GoConduct, Int)]()
            }
        var synthetic = GoSynthetic(seed: seed, shares: shares, from: start)
        synthetic.add(count, prefix: prefix)
        return synthetic.modules
    }

    /// Adds that many new modules behind the last entry, and a new release to as many that are there.
    public func growSynthetically(by count: Int, seed: UInt64, mix: Mix = .everything) {
        let (last, known) = state.withLock { ($0.index.entries.last?.time, Array($0.modules.values)) }
        let start = EntryTime(nanoseconds: (last?.nanoseconds ?? 0) + 1_000_000)
        let prefix = "g\(seed)x"
        var newcomers = Self.syntheticModules(count, seed: seed, mix: mix, prefix: prefix, from: start)
        let old = known.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        newcomers += zip(old, newcomers).map { old, new in
            var old = old
            old.releases = [.init("v99.0.\(old.releases.count)", at: new.releases[0].time)]
            return old
        }
        grow(newcomers)
    }
}
