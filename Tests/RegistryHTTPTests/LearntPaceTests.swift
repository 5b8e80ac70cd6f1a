import RegistryHTTP
import Testing

@Suite("The pace that is learnt from a host")
struct LearntPaceTests {
    @Test("The pace that is learnt from a host doubles with each round until the first refusal")
    func slowStart() {
        var pace = LearntPace(largest: 256)
        #expect(Int(pace.allowed) == 16)
        for _ in 0..<16 { pace.succeeded(atFull: true, at: 0) }
        #expect(Int(pace.allowed) == 32)
        for _ in 0..<1000 { pace.succeeded(atFull: true, at: 0) }
        #expect(Int(pace.allowed) == 256)
    }

    @Test("The pace that is learnt from a host is not raised by successes below the full number")
    func idle() {
        var pace = LearntPace(largest: 256)
        for _ in 0..<100 { pace.succeeded(atFull: false, at: 0) }
        #expect(Int(pace.allowed) == 16)
    }

    @Test("The pace that is learnt from a host is cut once for all refusals of one epoch")
    func oneCut() {
        var pace = LearntPace(largest: 256)
        for _ in 0..<6 { pace.refused(epoch: 0, retryAt: nil, at: 0) }
        #expect(pace.allowed == 16 * 0.7)
        pace.refused(epoch: 1, retryAt: nil, at: 0)
        #expect(pace.allowed == 16 * 0.7 * 0.7)
    }

    @Test("The pace that is learnt from a host pauses the host until the time that a refusal names")
    func retryAfter() {
        var pace = LearntPace(largest: 256)
        pace.refused(epoch: 0, retryAt: 20, at: 0)
        #expect(!pace.allowsLaunch(inFlight: 0, at: 19.9))
        #expect(pace.allowsLaunch(inFlight: 0, at: 20))
    }

    /// Ten minutes against a host that answers within 0.1 s, ten at once, and refuses all beyond.
    @Test(
        "The pace that is learnt from a host settles at a host that bears ten: fewer than 5% refused, more than 80% of what it bears"
    )
    func tenAtOnce() {
        var pace = LearntPace(largest: 256)
        var flights: [(end: Double, epoch: Int, isRefused: Bool)] = []
        var served = 0
        var refused = 0
        var step = 0
        while step < 60_000 {
            let now = Double(step) / 100
            let atFull = flights.count >= Int(pace.allowed)
            for flight in flights where flight.end <= now {
                if flight.isRefused {
                    pace.refused(epoch: flight.epoch, retryAt: nil, at: now)
                } else {
                    pace.succeeded(atFull: atFull, at: now)
                }
                if now > 10 {
                    served += flight.isRefused ? 0 : 1
                    refused += flight.isRefused ? 1 : 0
                }
            }
            flights.removeAll { $0.end <= now }
            while pace.allowsLaunch(inFlight: flights.count, at: now) {
                let isRefused = flights.count(where: { !$0.isRefused }) >= 10
                flights.append((now + (isRefused ? 0.01 : 0.1), pace.epoch, isRefused))
            }
            step += 1
        }
        #expect(Double(refused) < 0.05 * Double(served + refused))
        #expect(Double(served) > 0.8 * 590 * 100)
    }
}
