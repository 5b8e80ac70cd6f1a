import PackageMining

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
