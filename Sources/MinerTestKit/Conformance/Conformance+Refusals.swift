import PackageMining

extension Conformance {
    /// A refusal on every request of each kind: what is refused is neither an empty page nor a package that is gone.
    ///
    /// Of look-ups, 404 is an answer, and so is 400 to some registries: what it means when one package gets it, the
    /// fixture's own truth says; when all get it, see ``contradictionAttacks()``.
    func refusalAttacks(attempts: ClosedRange<Int>) async throws -> [Attack] {
        let isForEver = attempts.upperBound == .max
        return try await probe().kinds.flatMap { kind in
            (kind.isListing ? [400, 403, 404] : [403]).map { status in
                Attack("\(status) on each \(kind.name) request\(isForEver ? ", for ever" : "")") {
                    try await self.refuse(kind, status, attempts)
                }
            }
        }
    }

    private func refuse(_ kind: RequestKind, _ status: Int, _ attempts: ClosedRange<Int>) async throws -> String? {
        let fixture = try smallPages()
        let isRefused = { @Sendable (request: LoopbackRequest) in
            attempts.contains(request.attempt) && fixture.kind(of: request) == kind
        }
        let misbehaviour = Flag(true)
        let answer = { @Sendable (request: LoopbackRequest) -> LoopbackAnswer in
            misbehaviour.isSet && isRefused(request) ? .text(status, "refused") : fixture.answer(to: request)
        }
        return try await open(fixture, answering: answer) { stage in
            if let wrong = try await stage.judge(try await stage.run(), mustHeal: false) { return wrong }
            misbehaviour.clear()
            return try await stage.runToTheEnd().map { "when it answered again: \($0)" }
        }
    }
}
