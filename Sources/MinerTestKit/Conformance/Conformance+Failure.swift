import PackageMining

extension Conformance {
    /// One package answers 500 or 403 for ever: the first, a middle and the last one of each kind of look-up. Where
    /// something else tells what that would have told, nothing has failed.
    func failureAttacks() async throws -> AttackPlan {
        let probe = try await probe()
        let lookUps = probe.kinds.filter { !$0.isListing }
        var plan = AttackPlan()
        plan.add(
            lookUps.enumerated().flatMap { number, kind in
                let targets = probe.targets[kind] ?? []
                let chosen = Set([0, targets.count / 2, targets.count - 1]).filter(targets.indices.contains).sorted()
                return [500, 403].flatMap { status in
                    chosen.map { place in
                        Attack("\(kind.name) of package \(place + 1) of \(targets.count) answers \(status) for ever") {
                            try await self.fail(targets[place], by: status, requestsOfPackage: number + 1)
                        }
                    }
                }
            }, if: !lookUps.isEmpty, else: "it looks nothing up")
        return plan
    }

    /// - Parameter requestsOfPackage: the most different requests that the look-up of the package takes up to this one.
    private func fail(_ target: String, by status: Int, requestsOfPackage: Int) async throws -> String? {
        let fixture = try smallPages()
        let isIll = Flag(true)
        let answer = { @Sendable (request: LoopbackRequest) -> LoopbackAnswer in
            isIll.isSet && request.target == target ? .text(status, "refused") : fixture.answer(to: request)
        }
        return try await open(fixture, answering: answer) { stage in
            if try await isToldElsewhere(stage) { return nil }
            if let wrong = try await failingRun(of: stage) { return wrong }
            stage.server.journal.reset()
            if let wrong = try await failingRun(of: stage) { return "in the next run: \(wrong)" }
            let asked = Set(stage.asked { !$0.isListing })
            if asked.count > requestsOfPackage || !asked.contains(target) {
                return "the next run asked for \(asked.sorted().map { printable($0) }.joined(separator: " "))"
            }
            isIll.clear()
            return try await stage.runToTheEnd().map { "when the package had healed: \($0)" }
        }
    }
}

/// A run that has all rows with all their links, and nothing to name. Whatever it is, it is stored.
private func isToldElsewhere<Fixture>(_ stage: Stage<Fixture>) async throws -> Bool {
    guard case .success(let report) = try await stage.run(), report.exitCode == 0 else { return false }
    return try await stage.difference() == nil
}

/// A run that publishes all rows, names one package, and ends with exit code 75.
private func failingRun<Fixture>(of stage: Stage<Fixture>) async throws -> String? {
    switch try await stage.run() {
    case .failure(let error): return "the run ended with an error: \(printable("\(error)"))"
    case .success(let report) where report.exitCode == 0:
        return "exit code 0" + (try await stage.difference().map { ", and \($0)" } ?? "")
    case .success: break
    }
    let named = try stage.problems()
    return named.count == 1 ? try await stage.unnamedDifference() : "\(named.count) problems are named, not 1"
}
