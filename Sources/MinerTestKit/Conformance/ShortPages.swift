/// A fixture whose listing requests are answered by pages that are too short: each at first, or every other one.
struct ShortPages<Truth: RegistryFixture>: RegistryFixture {
    enum Turn: Sendable {
        case firstAttempts
        case everyOther
    }

    let truth: Truth
    let count: Int
    let turn: Turn
    private let isLong = Flag(false)

    init(truth: Truth, count: Int, turn: Turn) {
        self.truth = truth
        self.count = count
        self.turn = turn
    }

    func answer(to request: LoopbackRequest) -> LoopbackAnswer {
        guard truth.kind(of: request).isListing, isShort(request), let page = truth.shortPage(of: count, for: request)
        else { return truth.answer(to: request) }
        return page
    }

    private func isShort(_ request: LoopbackRequest) -> Bool {
        switch turn {
        case .firstAttempts: request.attempt == 1
        case .everyOther: isLong.toggle()
        }
    }

    func miner(at baseURL: String) throws -> Truth.Miner { try truth.miner(at: baseURL) }
    func kind(of request: LoopbackRequest) -> RequestKind { truth.kind(of: request) }
    var expected: [ExpectedRow] { truth.expected }
    func grow() { truth.grow() }
}
