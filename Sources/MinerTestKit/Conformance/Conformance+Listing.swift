extension Conformance {
    /// Any concurrency, any page size, any order of arrival.
    func listAttacks() throws -> [Attack] {
        let sizes: [Int?] = [nil] + (try makeFixture()).pageSizes
        let plain = sizes.flatMap { size in
            [1, 8, 64].map { concurrency in
                Attack("at concurrency \(concurrency)\(inPages(of: size))") {
                    try await self.mine(size, concurrency) { _ in }
                }
            }
        }
        let shuffled = sizes.flatMap { size in
            (1...2).map { (seed: UInt64) in
                Attack("answers in another order, seed \(seed)\(inPages(of: size))") {
                    try await self.mine(size, 16) { await wait(for: $0, seed: seed) }
                }
            }
        }
        return plain + shuffled
    }

    private func mine(
        _ pageSize: Int?, _ concurrency: Int, delay: @escaping @Sendable (LoopbackRequest) async -> Void
    ) async throws -> String? {
        try await Stage.open(fixture(pageSize), delay: delay) { stage in
            var process = Stage<Fixture>.Process()
            process.concurrency = concurrency
            return try await stage.runToTheEnd(process)
        }
    }

    /// A page without entries, given once for each listing request, before the true answer.
    func endingAttacks() -> [Attack] {
        [
            Attack("each page of the list is empty at first") {
                let fixture = try self.smallPages()
                let empty = Emptiness(fixture)
                return try await Stage.open(empty) { try await $0.runToTheEnd() }
            }
        ]
    }

    func fixture(_ pageSize: Int?) throws -> Fixture {
        let fixture = try makeFixture()
        if let pageSize { fixture.setPageSize(pageSize) }
        return fixture
    }

    /// A fixture that makes as many requests and writes as it can.
    func smallPages() throws -> Fixture {
        try fixture(makeFixture().pageSizes.min())
    }
}

private func inPages(of size: Int?) -> String {
    size.map { ", in pages of \($0)" } ?? ""
}

/// Up to 8 ms, as the seed and the target decide.
private func wait(for request: LoopbackRequest, seed: UInt64) async {
    var random = SeededRandom(seed: seed, text: request.target)
    // Cut short when its server stops: the answer may then come at once.
    try? await Task.sleep(for: .milliseconds(Int.random(in: 0...8, using: &random)))
}

/// The fixture, but for the first answer to each listing request, which is a page without entries.
private struct Emptiness<Truth: RegistryFixture>: RegistryFixture {
    let truth: Truth

    init(_ truth: Truth) { self.truth = truth }

    func answer(to request: LoopbackRequest) -> LoopbackAnswer {
        let isFirst = request.attempt == 1 && truth.kind(of: request).isListing
        return isFirst ? truth.emptyPage(for: request) ?? truth.answer(to: request) : truth.answer(to: request)
    }

    func miner(at baseURL: String) throws -> Truth.Miner { try truth.miner(at: baseURL) }
    func kind(of request: LoopbackRequest) -> RequestKind { truth.kind(of: request) }
    var expected: [ExpectedRow] { truth.expected }
    func grow() { truth.grow() }
}
