import PackageMining

extension Conformance {
    /// Runs over a registry that has not changed, and over one that has grown.
    func updateAttacks() throws -> AttackPlan {
        let growth = Attack("the registry has grown") {
            try await self.open(self.smallPages()) { try await update(of: $0) }
        }
        let killed = [1, 2, 3, 4, 5, 6, 8, 10].map { death in
            Attack("the update is killed behind write \(death)") { try await self.killUpdate(after: death) }
        }
        var plan = AttackPlan([growth] + killed)
        let names = try makeFixture().expected.filter { $0.outcome != .withdrawn }.map(\.name)
        let chosen = Set([0, names.count / 2, names.count - 1]).sorted().filter(names.indices.contains)
        try plan.add(
            chosen.map { index in
                Attack("package \(index + 1) is taken back") {
                    try await self.mineAgain { _ = $0.remove(names[index]) }
                }
            }, if: canRemove(), given: "remove(_:)")
        try plan.add(
            chosen.map { index in
                Attack("package \(index + 1) has a newer version and other links") {
                    try await self.mineAgain { _ = $0.change(names[index]) }
                }
            }, if: names.first.map { try makeFixture().change($0) } ?? false, given: "change(_:)")
        return plan
    }

    /// Mines the registry, and again when it has changed, and again when it has grown as well.
    private func mineAgain(behind change: @escaping @Sendable (Fixture) -> Void) async throws -> String? {
        try await open(smallPages()) { stage in
            if let wrong = try await stage.runToTheEnd() { return "before the change: \(wrong)" }
            change(stage.fixture)
            if let wrong = try await stage.runToTheEnd() { return wrong }
            stage.fixture.grow()
            return try await stage.runToTheEnd().map { "when the registry had grown as well: \($0)" }
        }
    }

    private func killUpdate(after death: Int) async throws -> String? {
        try await open(smallPages()) { stage in
            if let wrong = try await stage.runToTheEnd() { return "before the growth: \(wrong)" }
            stage.fixture.grow()
            var process = Stage<Fixture>.Process()
            process.interference.deathAfter = death
            try await stage.run(process)
            return try await stage.runToTheEnd()
        }
    }
}

private func update<Fixture>(of stage: Stage<Fixture>) async throws -> String? {
    if let wrong = try await stage.runToTheEnd() { return "before the growth: \(wrong)" }
    let before = try stage.expectedList()
    let first = (listing: stage.asked(\.isListing), lookUps: Set(stage.asked { !$0.isListing }))
    stage.server.journal.reset()
    if let wrong = try await stage.runToTheEnd() { return "with nothing new: \(wrong)" }
    if let target = stage.asked({ !$0.isListing }).first { return "with nothing new: asked for \(printable(target))" }

    stage.fixture.grow()
    guard try stage.expectedList().starts(with: before) else { return "the fixture moves packages when it grows" }
    stage.server.journal.reset()
    if let wrong = try await stage.runToTheEnd() { return wrong }
    if let known = stage.asked({ !$0.isListing }).first(where: first.lookUps.contains) {
        return "asked again for \(printable(known))"
    }
    return isReadAgain(stage, by: stage.asked(\.isListing).count, first: first.listing.count)
        ? "the list was read from its beginning" : nil
}

/// Whether an update has asked for as many pages as the first run, where four or more show the difference.
private func isReadAgain<Fixture>(_ stage: Stage<Fixture>, by requests: Int, first: Int) -> Bool {
    !stage.fixture.isListedWhole && first >= 4 && requests >= first
}
