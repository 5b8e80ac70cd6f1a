import Foundation
import PackageMining
public import Testing

/// Holds a miner to everything that the framework promises of its lists, through the real session and the real store.
///
/// ```swift
/// @Test("The example miner keeps every promise", arguments: ConformancePromise.allCases)
/// func conforms(to promise: ConformancePromise) async throws {
///     try await Conformance { MyFixture() }.check(promise)
/// }
/// ```
///
/// Each attack gets a fixture of its own, a loopback server, and an output folder; each process that the attack plays
/// gets a miner, a session and a store of its own. Time is virtual, so that no attack depends on how fast the machine
/// is: time-outs, waits and outages come about when nothing else can happen, and cost nothing.
public struct Conformance<Fixture: RegistryFixture>: Sendable {
    let makeFixture: @Sendable () throws -> Fixture

    /// How long nothing may happen, by the day's clock, before a miner is said to hang.
    package var patience: Duration = .seconds(60)

    private(set) var faultChoice = FaultChoice.every

    public init(of makeFixture: @escaping @Sendable () throws -> Fixture) {
        self.makeFixture = makeFixture
    }

    /// Attacks a promise; each breach is an issue at the caller's line, and a promise that nothing was done to is a
    /// warning there.
    ///
    /// - Parameter everyFault: whether each fault is played on each kind of requests. Where `PKGMINE_FAULTS` is
    ///   `families`, and nothing else is said here, one of each family is, in a third of the time: those of a family are
    ///   all one to a miner, and several miners are attacked with every fault between them.
    @discardableResult
    public func check(
        _ promise: ConformancePromise, everyFault: Bool? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Verdict {
        let platform = try makeFixture().miner(at: "http://127.0.0.1").ecosystem.platform
        var conformance = self
        if !(everyFault ?? (ProcessInfo.processInfo.environment["PKGMINE_FAULTS"] != "families")) {
            conformance.faultChoice = .oneOfEachFamily(from: platform.utf8.reduce(0) { $0 + Int($1) })
        }
        let verdict = try await conformance.verdict(on: promise)
        for breach in verdict.breaches { Issue.record("\(breach.description)", sourceLocation: sourceLocation) }
        if let notAttacked = verdict.notAttacked {
            Issue.record("\(promise.rawValue): \(notAttacked)", severity: .warning, sourceLocation: sourceLocation)
        }
        try ConformanceTable.note(verdict, on: promise, of: platform)
        return verdict
    }

    /// Attacks a promise and tells what came of it: of all attacks, or of those up to the first breach.
    public func verdict(
        on promise: ConformancePromise, stoppingAtFirstBreach stops: Bool = false
    ) async throws -> Verdict {
        // Behind all others, since each of its attacks is made alone and would hold the place of one that is not.
        try await Arena.promises.hold(alone: promise == .memory) {
            try await LoopbackPool.share {
                try await ReadFolders.keepingWhatIsRead { try await attack(promise, stops) }
            }
        }
    }

    private func attack(_ promise: ConformancePromise, _ stops: Bool) async throws -> Verdict {
        let plan: AttackPlan
        do {
            plan = try await Arena.shared.hold(alone: false) { try await self.attacks(on: promise) }
        } catch let runaway as Leash.Runaway {
            let breach = Breach(promise: promise, attack: "none", finding: runaway.reason)
            return Verdict(cases: 1, breaches: [breach], lacking: [])
        }
        let findings = try await sideBySide(plan.attacks, stoppingAtFirst: stops)
        let breaches = zip(plan.attacks, findings).compactMap { attack, finding in
            finding.map { Breach(promise: promise, attack: attack.name, finding: $0) }
        }
        return Verdict(cases: plan.attacks.count, breaches: breaches, lacking: plan.lacking)
    }

    private func attacks(on promise: ConformancePromise) async throws -> AttackPlan {
        switch promise {
        case .list: try listAttacks()
        case .resumption: try await resumptionAttacks()
        case .cursor: AttackPlan(cursorAttacks())
        case .repetition: try await repetitionAttacks()
        case .update: try updateAttacks()
        case .faults: AttackPlan(try await faultAttacks())
        case .shrinking: try shrinkingAttacks()
        case .ending: try await endingAttacks()
        case .unreadable: try unreadableAttacks()
        case .midWalk: try await midWalkAttacks()
        case .outage: AttackPlan(try await outageAttacks())
        case .failure: try await failureAttacks()
        case .contradiction: try await contradictionAttacks()
        case .names: try nameAttacks()
        case .pace: AttackPlan(try await paceAttacks())
        case .cancellation: AttackPlan(try await cancellationAttacks())
        case .memory: try memoryAttacks()
        }
    }
}

/// One attack on a miner.
struct Attack: Sendable {
    let name: String

    /// Whether it is made with no other one beside it.
    var isAlone = false

    private let make: @Sendable () async throws -> String?

    init(_ name: String, alone isAlone: Bool = false, make: @escaping @Sendable () async throws -> String?) {
        self.name = name
        self.isAlone = isAlone
        self.make = make
    }

    /// Makes the attack. Returns what was wrong, or nil.
    func finding() async throws -> String? {
        do {
            return try await Arena.shared.hold(alone: isAlone, make)
        } catch let runaway as Leash.Runaway {
            return runaway.reason
        }
    }
}

/// Makes the attacks, a few at once; the findings are in their order. Those behind a first breach are not begun where
/// that is wanted; those that are under way then come to their end.
private func sideBySide(_ attacks: [Attack], stoppingAtFirst stops: Bool) async throws -> [String?] {
    try await withThrowingTaskGroup(of: (Int, String?).self) { group in
        var findings = [String?](repeating: nil, count: attacks.count)
        var waiting = attacks.enumerated().makeIterator()
        func startNext() {
            guard let (index, attack) = waiting.next() else { return }
            group.addTask { (index, try await attack.finding()) }
        }
        for _ in 0..<4 { startNext() }
        while let (done, finding) = try await group.next() {
            findings[done] = finding
            if !stops || findings.allSatisfy({ $0 == nil }) { startNext() }
        }
        return findings
    }
}
