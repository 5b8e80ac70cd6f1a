import PackageMining

extension Conformance {
    /// A list that is told whole is suddenly empty, or much shorter with something new in it, in the right form.
    func shrinkingAttacks() throws -> AttackPlan {
        let empty = Attack("the list is empty") {
            try await self.open(self.smallPages()) { try await shrink($0, to: 0) }
        }
        let killed = (1...6).map { (death: Int) in
            Attack("the list is empty, and the run is killed behind write \(death)") {
                try await self.open(self.smallPages()) { try await shrink($0, to: 0, killedBehind: death) }
            }
        }
        let many = (1...300).map { "many-\($0)" }
        let shorter = Attack("the list has lost two thirds") {
            let fixture = try self.makeFixture()
            _ = fixture.add(names: many)
            return try await self.open(fixture) { try await shrink($0, to: 100) }
        }
        var plan = AttackPlan()
        let isWhole = try makeFixture().shrink(to: 0)
        plan.add([empty] + killed, if: isWhole, given: "shrink(to:), if its list is told whole")
        if isWhole { try plan.add([shorter], if: makeFixture().add(names: many), given: "add(names:)") }
        return plan
    }
}

/// The registry grows and its list shrinks, for two runs and one that may be killed before; then the list is back.
private func shrink<Fixture>(
    _ stage: Stage<Fixture>, to count: Int, killedBehind death: Int? = nil
) async throws -> String? {
    if let wrong = try await stage.runToTheEnd() { return "before it shrank: \(wrong)" }
    let before = try stage.list() ?? []
    stage.fixture.grow()
    _ = stage.fixture.shrink(to: count)
    if let death {
        var process = Stage<Fixture>.Process()
        process.interference.deathAfter = death
        try await stage.run(process)
        if let changed = firstDifference(of: try stage.list() ?? [], from: before) { return changed }
    }
    for _ in 0..<2 {
        if let wrong = try await stage.refuses(keeping: before) { return wrong }
    }
    _ = stage.fixture.shrink(to: nil)
    return try await stage.runToTheEnd().map { "when the list was back: \($0)" }
}

extension Stage {
    /// A run that leaves the list as it is and says so. Returns what was wrong.
    fileprivate func refuses(keeping list: [UInt8]) async throws -> String? {
        switch try await run() {
        case .failure(let error): return "the run ended with an error: \(printable("\(error)"))"
        case .success(let report):
            if let changed = firstDifference(of: try self.list() ?? [], from: list) {
                return "exit code \(report.exitCode), and \(changed)"
            }
            let kinds = try problems().compactMap(\.first)
            let isTold = report.exitCode == 75 && kinds == [Problem.Kind.shrunken.rawValue]
            return isTold ? nil : "exit code \(report.exitCode), and the problems are \(kinds)"
        }
    }
}
