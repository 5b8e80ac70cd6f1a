import RegistryHTTP
import Testing

@Suite("The breaker of a host")
struct BreakerTests {
    private func opened(outageLimit: Double = 600) -> Breaker {
        var breaker = Breaker(outageLimit: outageLimit)
        for _ in 0..<8 { _ = breaker.failed(times: 1, wasProbe: false, at: 0) }
        return breaker
    }

    @Test("The breaker of a host opens at eight failures in a row, and the one that opens it is not charged")
    func opens() {
        var breaker = Breaker(outageLimit: 600)
        let charges = (0..<8).map { _ in breaker.failed(times: 1, wasProbe: false, at: 0) }
        #expect(charges == [true, true, true, true, true, true, true, false])
        #expect(breaker.isOpen)
    }

    @Test("The breaker of a host opens at four failures of one request")
    func opensForOne() {
        var breaker = Breaker(outageLimit: 600)
        let charges = (1...4).map { breaker.failed(times: $0, wasProbe: false, at: 0) }
        #expect(charges == [true, true, true, false])
    }

    @Test("The breaker of a host lets one probe through at a time, at growing intervals")
    func probes() {
        var breaker = opened()
        var gaps: [Double] = []
        var now = 0.0
        for _ in 0..<6 {
            #expect(!breaker.allowsLaunch(at: breaker.nextProbe - 0.01))
            gaps.append(breaker.nextProbe - now)
            now = breaker.nextProbe
            let isProbe = breaker.launched()
            #expect(isProbe && !breaker.allowsLaunch(at: now + 100))
            let isCharged = breaker.failed(times: 1, wasProbe: true, at: now)
            #expect(!isCharged)
        }
        #expect(gaps == [1, 2, 4, 8, 15, 15])
    }

    @Test("The breaker of a host is closed by a sign of life, so that an outage of a minute costs about a minute")
    func closes() {
        var breaker = opened()
        var now = 0.0
        while now < 60 {
            now = breaker.nextProbe
            _ = breaker.launched()
            if now < 60 { _ = breaker.failed(times: 1, wasProbe: true, at: now) }
        }
        breaker.sawLife()
        #expect(breaker.allowsLaunch(at: now))
        #expect(now <= 75)
    }

    @Test("The breaker of a host gives up when the outage is longer than its limit")
    func givesUp() {
        let breaker = opened(outageLimit: 600)
        #expect(!breaker.hasGivenUp(at: 599))
        #expect(breaker.hasGivenUp(at: 600))
    }
}

@Suite("The gate of a host")
struct HostGateTests {
    @Test("after the outage limit lets one new request ask whether the host is back, and fails the others")
    func recovers() {
        var gate = HostGate("http://a.example", in: HostBounds(concurrency: 16), outageLimit: 600)
        let order = Order(url: "http://a.example/", headers: [], bodyLimit: 1)
        for _ in 0..<8 { gate.enqueue(Transfer(order)) }
        let first = (0..<8).compactMap { _ in gate.launch(at: 0) }
        for transfer in first { _ = gate.ended(transfer, as: .silence, retryAfter: nil, at: 0) }
        var retry = order
        retry.isRetry = true
        let (tried, probe, other) = (Transfer(retry), Transfer(order), Transfer(order))
        for transfer in [tried, probe, other] { gate.enqueue(transfer) }
        let givenUp = gate.giveUp(at: 700)
        let nothing = gate.giveUp(at: 700)
        let launched = gate.launch(at: 700)
        let alsoGivenUp = gate.giveUp(at: 700)
        #expect(givenUp === tried && nothing == nil && launched === probe && alsoGivenUp === other)
        _ = gate.ended(probe, as: .success, retryAfter: nil, at: 700)
        gate.enqueue(Transfer(order))
        let next = gate.launch(at: 700)
        #expect(next != nil)
    }

    @Test(
        "The gate of a host waits for as long as the host asks for, and takes only what comes behind that for an outage"
    )
    func waitsAsAsked() {
        var gate = HostGate("http://a.example", in: HostBounds(concurrency: 16), outageLimit: 600)
        var order = Order(url: "http://a.example/", headers: [], bodyLimit: 1)
        for _ in 0..<16 { gate.enqueue(Transfer(order)) }
        for transfer in (0..<16).compactMap({ _ in gate.launch(at: 0) }) {
            _ = gate.ended(transfer, as: .limit, retryAfter: 3_000, at: 0)
        }
        order.isRetry = true
        for _ in 0..<16 { gate.enqueue(Transfer(order)) }
        let early = gate.launch(at: 2_999)
        let lost = gate.giveUp(at: 3_000)
        let probe = gate.launch(at: 3_000)
        #expect(early == nil && lost == nil && probe != nil)
        if let probe { _ = gate.ended(probe, as: .limit, retryAfter: 3_000, at: 3_000) }
        let lostSoon = gate.giveUp(at: 3_599)
        let lostThen = gate.giveUp(at: 3_600)
        #expect(lostSoon == nil && lostThen != nil)
    }
}
