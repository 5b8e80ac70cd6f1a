import AttackLog
public import FuzzProperties
import MinerTestKit
public import Testing

extension FuzzProperty: CustomTestStringConvertible {
    public var testDescription: String { name }
}

/// A short run over the seeds and their mutations, the same each time. `make fuzz` goes on from there.
@Suite("Bytes from outside")
struct FuzzTests {
    @Test("Bytes from outside are read or refused, and never break what must hold", arguments: FuzzProperty.all)
    func holds(property: FuzzProperty) {
        var random = SeededRandom(seed: 1)
        var broken = 0
        for seed in property.seeds {
            #expect(property.violation(by: seed) == nil)
            for _ in 0..<property.rounds {
                let bytes = mutated(seed, using: &random)
                if let violation = property.violation(by: bytes) {
                    broken += 1
                    Issue.record("\(violation), by \(String(decoding: bytes, as: UTF8.self).debugDescription)")
                }
            }
        }
        let cases = property.seeds.count * (property.rounds + 1)
        AttackLog.note("5", "mutated bytes: \(property.name)", cases: cases, survived: cases - broken)
    }
}
