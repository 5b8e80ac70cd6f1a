import PackageMining

extension Conformance {
    /// Any concurrency, any page size, any order of arrival; and what the order and the links of packages follow from.
    func listAttacks() throws -> AttackPlan {
        let sizes = try sizesToPlay()
        let plain = sizes.flatMap { size in
            [1, 8, 64].map { concurrency in
                Attack("at concurrency \(concurrency)\(inPages(of: size))") {
                    try await self.mine(size, concurrency) { _, _ in }
                }
            }
        }
        let shuffled = sizes.flatMap { size in
            (1...3).map { (seed: UInt64) in
                Attack("answers in another order, seed \(seed)\(inPages(of: size))") {
                    try await self.mine(size, 16) { await wait(for: $0, $1, seed: seed) }
                }
            }
        }
        var plan = AttackPlan(plain + shuffled + [pauseAttack])
        let names = (0..<8).map { "together-\(9 - $0)" }
        try plan.add(
            [
                Attack("packages are told one behind another within one second") {
                    try await self.mine { _ = $0.add(namesWithinSecond: names) }
                }
            ], if: makeFixture().add(namesWithinSecond: names), given: "add(namesWithinSecond:)")
        let many = (0..<40).map { "many-links-\($0)" }
        try plan.add(
            [
                Attack("packages have several links that fit") {
                    try await self.mine { _ = $0.add(namesWithManyLinks: many) }
                }
            ], if: makeFixture().add(namesWithManyLinks: many), given: "add(namesWithManyLinks:)")
        return plan
    }

    private func mine(_ prepare: @escaping @Sendable (Fixture) -> Void) async throws -> String? {
        let fixture = try smallPages()
        prepare(fixture)
        return try await open(fixture) { try await $0.runToTheEnd() }
    }

    /// The registry's own page size, those that the fixture names, and 1, 2 and 3 for any that has pages.
    private func sizesToPlay() throws -> [Int?] {
        let sizes = try makeFixture().pageSizes
        return sizes.isEmpty ? [nil] : [nil] + Set(sizes + [1, 2, 3]).sorted()
    }

    private func mine(
        _ pageSize: Int?, _ concurrency: Int, prelude: @escaping Stage<Fixture>.Prelude
    ) async throws -> String? {
        let fixture = try fixture(pageSize)
        let smallest = fixture.pageSizes.min() ?? 0
        return try await open(fixture, prelude: prelude) { stage in
            var process = Stage<Fixture>.Process()
            process.concurrency = concurrency
            guard let pageSize, pageSize < smallest else { return try await stage.runToTheEnd(process) }
            return try await stage.judgeGaps(try await stage.run(process))
        }
    }

    func fixture(_ pageSize: Int?) throws -> Fixture {
        let fixture = try makeFixture()
        if let pageSize { fixture.setPageSize(pageSize) }
        return fixture
    }

    /// A fixture that makes many requests and writes. Pages of one and two would make more, and show no more.
    func smallPages() throws -> Fixture {
        let fixture = try makeFixture()
        let sizes = fixture.pageSizes.sorted()
        if let size = sizes.first(where: { $0 >= 3 }) ?? sizes.last { fixture.setPageSize(size) }
        return fixture
    }

    /// Serves a fixture, on a leash.
    func open<Registry: RegistryFixture, Result: Sendable>(
        _ fixture: Registry, misbehaving misbehaviour: Misbehaviour = .none,
        answering answer: (@Sendable (LoopbackRequest) -> LoopbackAnswer?)? = nil,
        prelude: @escaping Stage<Registry>.Prelude = { _, _ in },
        body: @escaping @Sendable (Stage<Registry>) async throws -> Result
    ) async throws -> Result {
        try await Stage.open(
            fixture, patience: patience, misbehaving: misbehaviour, answering: answer, prelude: prelude, body: body)
    }
}

extension Stage {
    /// In pages too small for the registry's list, a gap may be named; rows may then be missing, and none made up.
    fileprivate func judgeGaps(_ result: Result<RunReport, any Error>) async throws -> String? {
        switch result {
        case .failure(let error): "the run ended with an error: \(printable("\(error)"))"
        case .success(let report) where report.exitCode == 0: try await difference()
        case .success: try problems().isEmpty ? "exit code 75, and no problem is named" : try strangeRow()
        }
    }

    /// A row whose name, homepage and repository are those of no package.
    private func strangeRow() throws -> String? {
        let truth = Set(readCSV(try expectedList()).dropFirst().map { Array($0.dropFirst(2)) })
        let strange = readCSV(try list() ?? []).dropFirst().first { !truth.contains(Array($0.dropFirst(2))) }
        return strange.map {
            "the row \(printable(String(decoding: Array($0.joined(separator: [44])), as: UTF8.self))) is wrong"
        }
    }
}

private func inPages(of size: Int?) -> String {
    size.map { ", in pages of \($0)" } ?? ""
}

/// Up to a second of virtual time, as the seed and the target decide: that alone makes the order of the answers.
private func wait(for request: LoopbackRequest, _ time: VirtualTime, seed: UInt64) async {
    var random = SeededRandom(seed: seed, text: request.target)
    do {
        try await time.pass(.milliseconds(Int.random(in: 1...1000, using: &random)), inFrontOf: request.port)
    } catch {
        // Cut short when its server stops: the answer may then come at once.
    }
}
