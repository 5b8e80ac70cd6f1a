/// When a loopback registry fails which request, and how.
///
/// Deterministic: whether a request fails follows from its target and from how often that target was asked for, not
/// from the order in which requests of different targets arrive.
public struct Misbehaviour: Sendable {
    /// Faults for some requests. The first rule that fits decides.
    public struct Rule: Sendable {
        enum Turn: Sendable {
            case attempts(ClosedRange<Int>)
            case share(Double, seed: UInt64)
        }

        let faults: [Fault]
        let turn: Turn
        let isMeant: @Sendable (LoopbackRequest) -> Bool
    }

    public var rules: [Rule]

    /// How many requests are borne at once; those beyond get a 429. Nil for no such limit.
    public var capacity: Int?

    /// How long each answer takes to begin.
    public var latency: Duration = .zero

    public var measures = FaultMeasures()

    public init(_ rules: [Rule] = [], capacity: Int? = nil) {
        self.rules = rules
        self.capacity = capacity
    }

    /// A registry that does nothing wrong.
    public static let none = Misbehaviour()

    /// One fault at the given attempts for each target, the first being 1.
    public static func once(
        _ fault: Fault, attempts: ClosedRange<Int> = 1...1,
        on isMeant: @escaping @Sendable (LoopbackRequest) -> Bool = { _ in true }
    ) -> Misbehaviour {
        Misbehaviour([.attempts(attempts, fault, on: isMeant)])
    }

    /// One fault for ever.
    public static func always(
        _ fault: Fault, on isMeant: @escaping @Sendable (LoopbackRequest) -> Bool = { _ in true }
    ) -> Misbehaviour {
        Misbehaviour([.attempts(1...Int.max, fault, on: isMeant)])
    }

    /// Faults for a share of the requests, from 0 to 1.
    public static func share(_ share: Double, of faults: [Fault] = Fault.allCases, seed: UInt64) -> Misbehaviour {
        Misbehaviour([.share(share, of: faults, seed: seed)])
    }

    func fault(for request: LoopbackRequest) -> Fault? {
        for rule in rules {
            if let fault = rule.fault(for: request) { return fault }
        }
        return nil
    }
}

extension Misbehaviour.Rule {
    public static func attempts(
        _ attempts: ClosedRange<Int>, _ fault: Fault,
        on isMeant: @escaping @Sendable (LoopbackRequest) -> Bool = { _ in true }
    ) -> Self {
        Self(faults: [fault], turn: .attempts(attempts), isMeant: isMeant)
    }

    public static func share(
        _ share: Double, of faults: [Fault], seed: UInt64,
        on isMeant: @escaping @Sendable (LoopbackRequest) -> Bool = { _ in true }
    ) -> Self {
        Self(faults: faults, turn: .share(share, seed: seed), isMeant: isMeant)
    }

    func fault(for request: LoopbackRequest) -> Fault? {
        guard !faults.isEmpty, isMeant(request) else { return nil }
        switch turn {
        case .attempts(let attempts):
            return attempts.contains(request.attempt) ? faults[0] : nil
        case .share(let share, let seed):
            var random = SeededRandom(seed: seed, text: "\(request.attempt) \(request.target)")
            return Double.random(in: 0..<1, using: &random) < share ? faults.randomElement(using: &random) : nil
        }
    }
}
