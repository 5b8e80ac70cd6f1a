import PackageMining

extension Conformance {
    /// Entries that cannot be read: one, a page of them with packages behind them, and one that names nothing.
    func unreadableAttacks() throws -> AttackPlan {
        var plan = AttackPlan()
        try plan.add(
            [1, 5].map { count in
                Attack("\(count) entries cannot be read, and packages stand behind them") {
                    // A page of nothing else is none that a feed by time can be walked past.
                    let fixture = try count == 1 ? self.smallPages() : self.makeFixture()
                    for _ in 0..<count { _ = fixture.addUnreadableEntry() }
                    _ = fixture.add(names: ["behind-1", "behind-2", "behind-3"])
                    return try await self.open(fixture) { stage in
                        if let wrong = try await stage.nameUnreadable(count) { return wrong }
                        return try await stage.nameUnreadable(count).map { "in the next run: \($0)" }
                    }
                }
            }, if: makeFixture().addUnreadableEntry(), given: "addUnreadableEntry()")
        try plan.add(
            [
                Attack("a package has no name") {
                    let fixture = try self.smallPages()
                    _ = fixture.add(names: [""])
                    return try await self.open(fixture) { try await $0.nameUnreadable() }
                }
            ], if: makeFixture().add(names: [""]) && makeFixture(named: [""]).expected.contains { $0.name.isEmpty },
            given: "add(names:), with a name that is empty")
        return plan
    }

    private func makeFixture(named names: [String]) throws -> Fixture {
        let fixture = try makeFixture()
        _ = fixture.add(names: names)
        return fixture
    }
}

extension Stage {
    /// A run that names the entries, ends with exit code 75, and has all other rows.
    ///
    /// - Parameter count: how many; nil for one or more.
    fileprivate func nameUnreadable(_ count: Int? = nil) async throws -> String? {
        switch try await run() {
        case .failure(let error): return "the run ended with an error: \(printable("\(error)"))"
        case .success(let report) where report.exitCode == 0: return "exit code 0"
        case .success: break
        }
        let named = try problems()
        if named.contains(where: { $0.first != Problem.Kind.unreadable.rawValue }) {
            return "the problems are \(printable(named.map { $0.joined(separator: " ") }.joined(separator: "; ")))"
        }
        if let count, named.count != count { return "\(named.count) problems are named, not \(count)" }
        let expected = listText(of: fixture.expected.filter { !$0.name.isEmpty }, platform: try ecosystem.platform)
        return firstDifference(of: try list() ?? [], from: expected)
    }
}
