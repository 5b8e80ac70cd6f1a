import Foundation
import PackageMining
import RegistryHTTP
import Synchronization
import Testing

@Suite("The pace that a registry is said to bear")
struct RegistryPaceTests {
    private let order = Order(url: "http://a.example/", headers: [], bodyLimit: 1)

    /// The times at which a host is asked that answers at once, in 10 ms steps, and how many are in flight at most.
    private func launches(_ pace: Pace, concurrency: Int = 256, lasting: Double = 0, of count: Int) -> [Double] {
        var gate = HostGate(
            "http://a.example", in: HostBounds(concurrency: concurrency, bears: pace), outageLimit: 600)
        for _ in 0..<count { gate.enqueue(Transfer(order)) }
        var flights: [(end: Double, transfer: Transfer)] = []
        var times: [Double] = []
        var step = 0
        while times.count < count {
            let now = Double(step) / 100
            for flight in flights where flight.end <= now {
                _ = gate.ended(flight.transfer, as: .success, retryAfter: nil, at: now)
            }
            flights.removeAll { $0.end <= now }
            while let transfer = gate.launch(at: now) {
                times.append(now)
                flights.append((now + lasting, transfer))
            }
            step += 1
        }
        return times
    }

    @Test(
        "The pace that a registry is said to bear is kept from the first request on",
        arguments: [
            (Pace(interval: .milliseconds(500)), [0, 0.5, 1, 1.5]), (Pace(perMinute: 30), [0, 2, 4, 6]),
            (Pace(perMinute: 30, interval: .seconds(3)), [0, 3, 6, 9]), (Pace(atOnce: 2), [0, 0, 1, 1]),
            (Pace(), [0, 0, 0, 0]),
        ])
    func isKept(pace: Pace, times: [Double]) {
        #expect(launches(pace, lasting: 1, of: 4) == times)
    }

    @Test("The pace that a registry is said to bear is lowered by --concurrency, and never raised")
    func lowered() {
        #expect(launches(Pace(atOnce: 2), concurrency: 1, lasting: 1, of: 3) == [0, 1, 2])
        #expect(launches(Pace(atOnce: 1), concurrency: 4_096, lasting: 1, of: 3) == [0, 1, 2])
    }

    @Test(
        "The pace that a registry is said to bear may leave the first minutes of an hour out",
        arguments: [(0.0, 180.0), (179, 1), (180, 0), (3_599, 0)])
    func hourlyRest(secondOfHour: Double, wait: Double) {
        let pace = Pace(hourlyRest: .seconds(180))
        var gate = HostGate("http://a.example", in: HostBounds(concurrency: 1, bears: pace), outageLimit: 600)
        gate.enqueue(Transfer(order))
        gate.restIfHourBegins(at: 50) { Date(timeIntervalSince1970: 3_600 * 400_000 + secondOfHour) }
        #expect((gate.launch(at: 50) == nil) == (wait > 0))
        if wait > 0 {
            #expect(gate.nextLaunch() == 50 + wait)
            #expect(gate.launch(at: 50 + wait) != nil)
        }
    }

    @Test("The pace that a registry is said to bear of two registries on one host is what both bear")
    func shared() throws {
        var configuration = CurlSession.Configuration(version: "1.0")
        configuration.keepPaces(of: [
            Registry(name: "list", url: "https://a.example/list", pace: Pace(atOnce: 8, perMinute: 60)),
            Registry(name: "files", url: "https://user@A.example/files", pace: Pace(atOnce: 2)),
            Registry(name: "mirror", url: "https://b.example"),
        ])
        #expect(configuration.paces == ["https://a.example": Pace(atOnce: 2, interval: .seconds(1))])
    }

    @Test("The pace that a registry is said to bear is kept by a session, over its own clock")
    func keptBySession() async throws {
        let server = try ScriptedServer { _, _ in answer(200) }
        let waits = Waits()
        let session = try pausedSession(waits) {
            $0.keepPaces(of: [Registry(name: "a", url: server.url, pace: Pace(atOnce: 1, perMinute: 6))])
        }
        for _ in 0..<4 { _ = try await session.text(server.url) }
        #expect(waits.total == 30)
    }

    @Test(
        "The pace that a registry is said to bear is at its end where an answer says so, and the host is left alone until it begins anew",
        arguments: [
            ("0", "90", 90), ("0", "1700000090", 90), ("0", "1600000000", 0), ("0", "999999999", 3_600),
            ("0", "soon", 0), ("1", "90", 0),
        ])
    func rests(remaining: String, reset: String, seconds: Double) async throws {
        let server = try ScriptedServer { _, number in
            answer(200, number == 1 ? ["X-RateLimit-Remaining: \(remaining)", "x-ratelimit-reset: \(reset)"] : [])
        }
        let waits = Waits()
        let session = try pausedSession(waits)
        for _ in 0..<2 { _ = try await session.text(server.url) }
        #expect(waits.total == seconds)
    }

    @Test(
        "The pace that a registry is said to bear is at its end where a refusal says so: it is asked again when it begins anew"
    )
    func refused() async throws {
        let server = try ScriptedServer { _, number in
            number == 1 ? answer(429, ["X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 60"]) : answer(200)
        }
        let waits = Waits()
        _ = try await pausedSession(waits).text(server.url)
        #expect(waits.total == 60)
        #expect(server.requests.count == 2)
    }

    @Test(
        "The pace that a registry is said to bear is at its end where a 403 says so, which forbids nothing",
        arguments: [
            (["X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 60"], 60),
            (["x-ratelimit-remaining: 0", "x-ratelimit-reset: 1700000090"], 90), (["Retry-After: 30"], 30),
            (["Retry-After: 30", "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 60"], 60),
        ])
    func forbiddenForNow(fields: [String], seconds: Double) async throws {
        let server = try ScriptedServer { _, number in number == 1 ? answer(403, fields) : answer(200) }
        let waits = Waits()
        let outcome = try await pausedSession(waits).fetch(Request(server.url)) { try $0.refusal()?.outcome }
        #expect(outcome == nil)
        #expect(waits.total == seconds)
    }

    @Test(
        "The pace that a registry is said to bear has nothing to do with a 403 that names no end of it: that is an answer",
        arguments: [
            [], ["X-RateLimit-Remaining: 0"], ["X-RateLimit-Remaining: 1", "X-RateLimit-Reset: 60"],
            ["X-RateLimit-Reset: 60"],
        ])
    func forbidden(fields: [String]) async throws {
        let server = try ScriptedServer { _, _ in answer(403, fields) }
        let outcome = try await quickSession().fetch(Request(server.url)) { try $0.refusal()?.outcome }
        #expect(outcome == .forbidden)
        #expect(server.requests.count == 1)
    }

    private func pausedSession(
        _ waits: Waits, _ change: (inout CurlSession.Configuration) -> Void = { _ in }
    ) throws -> CurlSession {
        try quickSession { configuration in
            configuration.time.now = { waits.total }
            configuration.time.pause = { seconds in
                waits.add(seconds)
                return 0
            }
            change(&configuration)
        }
    }
}

/// A clock that moves by what a session waits with nothing in flight, and by nothing else.
private final class Waits: Sendable {
    private let sum = Mutex(0.0)

    var total: Double { sum.withLock { $0 } }

    func add(_ seconds: Double) {
        sum.withLock { $0 += seconds }
    }
}
