import PackageMining
import Testing

/// Holds a miner to everything that the framework promises of its lists, through the real session and the real store.
///
/// ```swift
/// @Test("keeps every promise", arguments: ConformancePromise.allCases)
/// func conforms(to promise: ConformancePromise) async throws {
///     try await Conformance { MyFixture() }.check(promise)
/// }
/// ```
///
/// Each attack gets a fixture of its own, a loopback server, and an output folder; each process that the attack plays
/// gets a miner, a session and a store of its own. The session's clock runs fifty times as fast as the day's.
public struct Conformance<Fixture: RegistryFixture>: Sendable {
    let makeFixture: @Sendable () throws -> Fixture

    public init(of makeFixture: @escaping @Sendable () throws -> Fixture) {
        self.makeFixture = makeFixture
    }

    /// Attacks a promise; each breach is an issue at the caller's line.
    @discardableResult
    public func check(
        _ promise: ConformancePromise, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Verdict {
        let verdict = try await verdict(on: promise)
        for breach in verdict.breaches { Issue.record("\(breach.description)", sourceLocation: sourceLocation) }
        return verdict
    }

    /// Attacks a promise and tells what came of it: of all attacks, or of those up to the first breach.
    public func verdict(
        on promise: ConformancePromise, stoppingAtFirstBreach stops: Bool = false
    ) async throws -> Verdict {
        let attacks = try await attacks(on: promise)
        let findings = try await sideBySide(attacks, stoppingAtFirst: stops) { attack in
            try await attack.make().map { Breach(promise: promise, attack: attack.name, finding: $0) }
        }
        return Verdict(cases: attacks.count, breaches: findings.compactMap(\.self))
    }

    private func attacks(on promise: ConformancePromise) async throws -> [Attack] {
        switch promise {
        case .list: try listAttacks()
        case .resumption: try await resumptionAttacks()
        case .cursor: cursorAttacks()
        case .repetition: try await repetitionAttacks()
        case .update: updateAttacks()
        case .faults: try await faultAttacks()
        case .ending: endingAttacks()
        case .outage: try await outageAttacks()
        case .failure: failureAttacks()
        case .names: nameAttacks()
        case .cancellation: try await cancellationAttacks()
        }
    }
}

/// One attack on a miner.
struct Attack: Sendable {
    let name: String

    /// Makes the attack. Returns what was wrong, or nil.
    let make: @Sendable () async throws -> String?

    init(_ name: String, make: @escaping @Sendable () async throws -> String?) {
        self.name = name
        self.make = make
    }
}

/// The attacks wait more than they work, so several are made at once; the findings are in the attacks' order.
private func sideBySide(
    _ attacks: [Attack], stoppingAtFirst stops: Bool, _ make: @escaping @Sendable (Attack) async throws -> Breach?
) async throws -> [Breach?] {
    try await withThrowingTaskGroup(of: (Int, Breach?).self) { group in
        var findings = [Breach?](repeating: nil, count: attacks.count)
        var waiting = attacks.enumerated().makeIterator()
        func startNext() {
            guard let (index, attack) = waiting.next() else { return }
            group.addTask { (index, try await make(attack)) }
        }
        for _ in 0..<24 { startNext() }
        while let (done, finding) = try await group.next() {
            findings[done] = finding
            if stops, finding != nil {
                group.cancelAll()
                break
            }
            startNext()
        }
        return findings
    }
}
