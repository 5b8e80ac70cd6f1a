import PackageMining
import Synchronization

extension GoRegistry {
    /// What a list mined from this registry must say: a module each, in order of first appearance.
    ///
    /// First appearance is by time, and at equal times by the path's UTF-8.
    public func expected(includingUnavailable: Bool = false) -> [ExpectedModule] {
        state.withLock { state in
            if let expected = state.expected, !includingUnavailable { return expected }
            return state.expectedOfModules(includingUnavailable: includingUnavailable)
        }
    }

    /// The list that a run must publish, byte for byte, where no name needs quotes.
    public func expectedList() -> String {
        "Package ID,Platform,Name,Homepage,Repository\n"
            + expected().enumerated().map { index, module in
                let link = module.repository ?? "nan"
                return "\(index + 1),Go,\(module.path),\(link),\(link)\n"
            }.joined()
    }
}

extension GoRegistry.State {
    fileprivate func expectedOfModules(includingUnavailable: Bool) -> [ExpectedModule] {
        var seen: Set<[UInt8]> = []
        let ordered = GoIndex(index.entries, isOrderedByPath: true).entries
        return ordered.compactMap { entry in
            guard entry.line == nil, includingUnavailable || !entry.isUnavailable else { return nil }
            guard seen.insert(Array(entry.path.utf8)).inserted else { return nil }
            return expectation(for: entry)
        }
    }

    private func expectation(for entry: GoIndexEntry) -> ExpectedModule {
        let module = modules[entry.path]
        let outcome = module?.conduct.outcome ?? .notCached
        return ExpectedModule(
            path: entry.path, outcome: outcome, repository: outcome == .resolved ? module?.repository : nil,
            appeared: entry.time)
    }
}
