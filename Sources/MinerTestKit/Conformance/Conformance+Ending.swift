import PackageMining

extension Conformance {
    /// A page without entries, given for each listing request before the true answer: once, and as often as it may be
    /// without being believed; and pages that are shorter than others.
    func endingAttacks() async throws -> AttackPlan {
        let most = try makeFixture().emptyAnswersBelieved - 1
        let request = try await firstListingRequest()
        var plan = AttackPlan()
        try plan.add(
            Set([1, max(1, most)]).sorted().map { times in
                Attack("each page of the list is empty at first, \(times) in a row") {
                    try await self.open(Emptiness(truth: self.smallPages(), times: times)) {
                        try await $0.runToTheEnd()
                    }
                }
            }, if: request.map { try makeFixture().emptyPage(for: $0) != nil } ?? false, given: "emptyPage(for:)")
        try plan.add(
            [1, 2].flatMap { count in
                [
                    ("each page of the list has \(count) entries at first", ShortPages<Fixture>.Turn.firstAttempts),
                    ("every other page of the list has \(count) entries", .everyOther),
                ].map { name, turn in
                    Attack(name) {
                        try await self.open(ShortPages(truth: self.smallPages(), count: count, turn: turn)) { stage in
                            // Which page is another one is a matter of their order.
                            var process = Stage<ShortPages<Fixture>>.Process()
                            process.concurrency = 1
                            return try await stage.runToTheEnd(process)
                        }
                    }
                }
            }, if: request.map { try makeFixture().shortPage(of: 1, for: $0) != nil } ?? false,
            given: "shortPage(of:for:)")
        return plan
    }

    private func firstListingRequest() async throws -> LoopbackRequest? {
        try await open(smallPages()) { stage in
            try await stage.run()
            return stage.server.journal.log.first { stage.fixture.kind(of: $0).isListing }
        }
    }
}
