import Foundation

/// Look-ups that ended in nothing but refusals of one kind, one behind another, and are not stored yet.
///
/// A mistyped address, a blocked one or a mirror that lost its files answers all look-ups with the same refusal, and
/// would fill a list with packages that are "gone". A hundred refusals at the beginning of a run, or a streak as
/// improbable as a hundred heads in a row by what came of the other look-ups of the run, are held back until it is
/// known what the service says to packages from all over the list.
struct RefusalStreak {
    /// How many at least, for a real registry.
    static let fewest = 100

    /// How many at least. A half to the power of that is what any streak is measured by.
    let shortest: Int

    /// How many are held back at most, however usual refusals are: a kill loses them.
    static let longest = 1_000

    private(set) var kind: Outcome?
    private(set) var held: [LookedUp] = []

    /// How many look-ups before the streak there were, and how many of them were refused in the same way.
    private var others = 0
    private var refused: [Outcome: Int] = [:]

    /// Grows where a streak turned out to be true.
    private var patience = 1

    init(shortest: Int = RefusalStreak.fewest) {
        self.shortest = shortest
    }

    /// Takes note of a look-up that ended as `outcome` says, and hands over what can be stored.
    mutating func add(_ lookedUp: LookedUp, _ outcome: Outcome, to waiting: inout [LookedUp]) {
        if outcome != kind {
            release(to: &waiting)
            patience = 1
            kind = outcome.isRefusal ? outcome : nil
        }
        if kind == nil {
            others += 1
            waiting.append(lookedUp)
        } else {
            held.append(lookedUp)
        }
    }

    /// Whether the streak is one that no list would bring about by chance.
    var isSuspicious: Bool {
        guard let kind, held.count >= shortest * patience else { return false }
        if held.count >= Self.longest { return true }
        let share = Double(refused[kind, default: 0] + 1) / Double(others + 2)
        return Double(held.count) * log2(share) <= -Double(shortest)
    }

    /// The streak is the truth: hands over what was held back. The next look lies twice as far.
    mutating func acquit(to waiting: inout [LookedUp]) {
        patience = min(patience * 2, max(1, Self.longest / shortest))
        release(to: &waiting)
    }

    /// Hands over what was held back.
    mutating func release(to waiting: inout [LookedUp]) {
        if held.isEmpty { return }
        others += held.count
        if let kind { refused[kind, default: 0] += held.count }
        waiting += held
        held.removeAll(keepingCapacity: true)
    }
}

extension Outcome {
    /// Whether a service that refuses everything may end all look-ups so.
    var isRefusal: Bool {
        switch self {
        case .gone, .notCached, .rejected, .withheld, .forbidden, .failed: true
        case .resolved, .noRepository, .invalidName, .withdrawn, .unsettled: false
        }
    }
}

/// A service answered nothing but refusals of one kind. None of them was settled.
public struct ServiceRefuses: Error, CustomStringConvertible {
    /// The last address that refused, without credentials.
    public let url: String

    let kind: Outcome
    let count: Int
    let others: Int
    let answer: String

    public var description: String {
        printable(
            "\(count) look-ups in a row ended as '\(kind.rawValue)', and so did \(others) of packages from all over "
                + "the list; the last answer was \(answer)", limit: 600)
    }
}
