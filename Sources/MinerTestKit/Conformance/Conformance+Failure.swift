import PackageMining

extension Conformance {
    /// One package answers 500 for ever.
    func failureAttacks() -> [Attack] {
        [Attack("one package answers 500 for ever") { try await Stage.open(self.smallPages()) { try await fail($0) } }]
    }
}

private func fail<Fixture>(_ stage: Stage<Fixture>) async throws -> String? {
    guard let target = try await lookUpTarget(of: stage.fixture) else { return nil }
    stage.server.misbehaviour = .always(.internalError) { $0.target == target }
    if let wrong = try await failingRun(of: stage) { return wrong }
    stage.server.journal.reset()
    if let wrong = try await failingRun(of: stage) { return "in the next run: \(wrong)" }
    if let other = stage.asked({ !$0.isListing }).first(where: { $0 != target }) {
        return "the next run asked for \(printable(other)) as well"
    }
    stage.server.misbehaviour = .none
    return try await stage.runToTheEnd().map { "when the package had healed: \($0)" }
}

/// A run that publishes all rows, names one package, and ends with exit code 75.
private func failingRun<Fixture>(of stage: Stage<Fixture>) async throws -> String? {
    switch try await stage.run() {
    case .failure(let error): return "the run ended with an error: \(printable("\(error)"))"
    case .success(let report) where report.exitCode == 0:
        return "exit code 0" + (try stage.difference().map { ", and \($0)" } ?? "")
    case .success: break
    }
    let named = try stage.problems()
    return named.count == 1 ? try stage.unnamedDifference() : "\(named.count) problems are named, not 1"
}

/// The first request for a package in the middle of a run, or nil where packages are not looked up.
private func lookUpTarget<Fixture: RegistryFixture>(of fixture: Fixture) async throws -> String? {
    try await Stage.open(fixture) { stage in
        var process = Stage<Fixture>.Process()
        process.concurrency = 1
        try await stage.run(process)
        let log = stage.server.journal.log
        let kind = log.map(fixture.kind).first { !$0.isListing }
        let targets = stage.asked { $0 == kind }
        return targets.isEmpty ? nil : targets[targets.count / 2]
    }
}
