/// The attacks on a promise, and what it would take to make those that cannot be made.
struct AttackPlan: Sendable {
    private(set) var attacks: [Attack] = []

    /// `give the fixture add(names:)`
    private(set) var lacking: [String] = []

    init(_ attacks: [Attack] = []) { self.attacks = attacks }

    /// Adds attacks that are possible, or notes what makes them so.
    mutating func add(_ attacks: @autoclosure () throws -> [Attack], if isPossible: Bool, else means: String) rethrows {
        if isPossible {
            self.attacks += try attacks()
        } else if !lacking.contains(means) {
            lacking.append(means)
        }
    }

    /// The same where the fixture has to have a method for it.
    mutating func add(
        _ attacks: @autoclosure () throws -> [Attack], if isPossible: Bool, given method: String
    ) rethrows {
        try add(attacks(), if: isPossible, else: "give the fixture \(method)")
    }
}
