public import PackageMining

extension RegistrySession {
    /// Asks, and once more where the answer may be a fault though it has the right form, as one with nothing in it: the
    /// second answer is believed.
    public func fetch<Answer: Sendable>(
        _ request: Request, twiceIf isDoubtful: (Answer) -> Bool, read: @Sendable (Response) throws -> Answer
    ) async throws -> Answer {
        let answer = try await fetch(request, read: read)
        guard isDoubtful(answer) else { return answer }
        var again = request
        again.failures += 1
        return try await fetch(again, read: read)
    }
}
