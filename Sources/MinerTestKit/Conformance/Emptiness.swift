/// A fixture whose listing requests are answered at first by what the registry says at the end of its list.
struct Emptiness<Truth: RegistryFixture>: RegistryFixture {
    let truth: Truth

    /// How often for each target.
    let times: Int

    func answer(to request: LoopbackRequest) -> LoopbackAnswer {
        guard truth.kind(of: request).isListing, request.attempt <= times, let empty = truth.emptyPage(for: request)
        else { return truth.answer(to: request) }
        return empty
    }

    func miner(at baseURL: String) throws -> Truth.Miner { try truth.miner(at: baseURL) }
    func kind(of request: LoopbackRequest) -> RequestKind { truth.kind(of: request) }
    var expected: [ExpectedRow] { truth.expected }
    func grow() { truth.grow() }
}
