import Foundation

/// Look-ups that ended in nothing but refusals, one behind another, and are not stored yet.
///
/// A mistyped address, a blocked one or a mirror that lost its files refuses all look-ups, and would fill a list with
/// packages that are "gone". A hundred refusals, or fewer at the end of a run, that are as improbable as a hundred heads
/// in a row by what came of the other look-ups of the run, are held back until it is known what the service says to
/// packages from all over the list. Of which kind they are does not matter: a wrong path is 400 to some and 404 to
/// others, and a time-out among them is no sign of life.
struct RefusalStreak {
    /// How many at least, for a real registry.
    static let fewest = 100

    /// How many at least. A half to the power of that is what any streak is measured by.
    let shortest: Int

    /// How many are held back at most, however usual refusals are: a kill loses them.
    static let longest = 1_000

    private(set) var held: [LookedUp] = []

    /// How many look-ups of each kind are held back.
    private(set) var kinds: [Outcome: Int] = [:]

    /// The packages whose refusals were let go last, because an answer came behind them. That may have been under way when
    /// the service broke.
    private(set) var letGo: [PackageID] = []

    /// How many look-ups before the streak there were, and how many of them were refused.
    private var others = 0
    private var refused = 0

    /// Grows where a streak turned out to be true.
    private var patience = 1

    init(shortest: Int = RefusalStreak.fewest) {
        self.shortest = shortest
    }

    /// Takes note of a look-up, and hands over what can be stored.
    mutating func add(_ ended: EndedLookUp, to waiting: inout [LookedUp]) {
        if ended.outcome.isRefusal {
            held.append(ended.lookedUp)
            kinds[ended.outcome, default: 0] += 1
            return
        }
        waiting.append(ended.lookedUp)
        if !ended.isAnswer { return }
        if !held.isEmpty { letGo = (letGo + held.map(\.package)).suffix(Self.longest) }
        release(to: &waiting)
        patience = 1
        others += 1
    }

    /// Whether the streak is one that no list would bring about by chance, and long enough to ask for others.
    var isSuspicious: Bool {
        held.count >= shortest * patience && (held.count >= Self.longest || isImprobable)
    }

    /// Whether no list would bring the streak about by chance.
    var isImprobable: Bool {
        let share = Double(refused + 1) / Double(others + 2)
        return Double(held.count) * log2(share) <= -Double(shortest)
    }

    /// The streak is the truth: hands over what was held back. The next look lies twice as far.
    mutating func acquit(to waiting: inout [LookedUp]) {
        letGo = []
        patience = min(patience * 2, max(1, Self.longest / shortest))
        release(to: &waiting)
    }

    /// Hands over what was held back.
    mutating func release(to waiting: inout [LookedUp]) {
        if held.isEmpty { return }
        others += held.count
        refused += held.count
        waiting += held
        held.removeAll(keepingCapacity: true)
        kinds.removeAll(keepingCapacity: true)
    }
}

extension Outcome {
    /// Whether a service that refuses everything may end all look-ups so.
    var isRefusal: Bool {
        switch self {
        case .gone, .notCached, .rejected, .withheld, .forbidden, .failed: true
        case .resolved, .resolvedDirectly, .noRepository, .noVersion, .invalidName, .skipped, .withdrawn, .unsettled:
            false
        }
    }
}

/// A service answered nothing but refusals. None of them was settled.
public struct ServiceRefuses: Error, CustomStringConvertible {
    /// The last address that refused, without credentials.
    public let url: String

    /// How many look-ups of each kind were held back.
    let kinds: [Outcome: Int]
    let others: Int
    let answer: String

    public var description: String {
        printable(
            "\(kinds.values.reduce(0, +)) look-ups in a row ended as \(ends), and so did \(others) of packages from all "
                + "over the list; the last answer was \(answer)", limit: 600)
    }

    /// `'gone' or 'rejected'`, the more frequent one first.
    private var ends: String {
        kinds.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }.map { "'\($0.key.rawValue)'" }
            .joined(separator: " or ")
    }
}
