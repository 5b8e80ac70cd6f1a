import MinerTestKit
import Testing

@Suite("Which faults a miner is attacked with")
struct FaultChoiceTests {
    @Test("One of each family is played on each kind of requests, and all that only who reads the content can tell")
    func oneOfEach() {
        for kind in 0..<4 {
            let faults = FaultChoice.oneOfEachFamily(from: 3).faults(on: kind, times: 1)
            #expect(faults.filter { $0.family == .ofContent } == Fault.allCases.filter(\.isSilent))
            let families = faults.filter { !$0.isSilent }.map(\.family)
            #expect(families == FaultFamily.allCases.filter { $0 != .ofContent })
        }
    }

    @Test("The next kind of requests and the next miner get others, so that six miners get every fault")
    func everyFault() {
        let played = (0..<6).flatMap { FaultChoice.oneOfEachFamily(from: $0).faults(on: 0, times: 1) }
        #expect(Set(played) == Set(Fault.allCases))
        let choice = FaultChoice.oneOfEachFamily(from: 0)
        #expect(choice.faults(on: 0, times: 1) != choice.faults(on: 0, times: 3))
        #expect(choice.faults(on: 0, times: 1) != choice.faults(on: 1, times: 1))
        #expect(FaultChoice.every.faults(on: 1, times: 3) == Fault.allCases)
    }
}
