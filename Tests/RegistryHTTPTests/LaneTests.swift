import Foundation
import PackageMining
import RegistryHTTP
import Synchronization
import Testing

@Suite("Two lanes of a host")
struct LaneTests {
    private func request(_ url: String, lane: String = "", hasSubstitute: Bool = false) -> Request {
        var request = Request(url)
        request.lane = lane
        request.hasSubstitute = hasSubstitute
        return request
    }

    @Test(
        "One that refuses for ever, whatever it says of when to come back, does not stop the other",
        arguments: [
            "", "Retry-After: 0", "Retry-After: 5", "Retry-After: 600", "Retry-After: 86400",
        ])
    func refuses(field: String) async throws {
        let server = try ScriptedServer { request, _ in
            request.hasPrefix("GET /latest")
                ? answer(429, field.isEmpty ? [] : [field]) : answer(200, [], Array("ok".utf8))
        }
        let waited = Mutex(0.0)
        let session = try quickSession { configuration in
            let pause = configuration.time.pause
            configuration.time.pause = { seconds in
                waited.withLock { $0 += seconds }
                return pause(seconds)
            }
        }
        for number in 1...20 {
            let latest = request("\(server.url)/latest/\(number)", lane: "latest", hasSubstitute: true)
            let error = try await wireError { _ = try await session.fetch(latest) { $0.status } }
            #expect(error != nil)
            #expect(try await session.fetch(request("\(server.url)/\(number)")) { $0.status } == 200)
        }
        #expect(waited.withLock { $0 } < 90)
    }

    @Test("Together they are asked no faster than their host bears, and both are asked")
    func sharesPace() throws {
        let bounds = HostBounds(concurrency: 16, bears: Pace(atOnce: 3, interval: .seconds(1)))
        var lanes = ["a", "a latest"].map { HostGate($0, in: bounds, outageLimit: 600) }
        let order = Order(url: "http://a.example/", headers: [], bodyLimit: 1)
        for lane in lanes.indices { for _ in 0..<4 { lanes[lane].enqueue(Transfer(order)) } }
        var launches: [[Double]] = [[], []]
        for second in 0..<10 {
            let now = Double(second) / 2
            for lane in lanes.indices.sorted(by: { lanes[$0].lastLaunch < lanes[$1].lastLaunch }) {
                while lanes[lane].launch(at: now) != nil { launches[lane].append(now) }
            }
        }
        #expect(launches == [[0, 2], [1]])
    }

    @Test("What locks out whoever asks of the one locks out of the other too")
    func sharesBan() async throws {
        let server = try ScriptedServer { _, _ in answer(429) }
        let session = try quickSession { configuration in
            configuration.keepPaces(of: [Registry(name: "a", url: server.url, pace: Pace(ban: .seconds(3_600)))])
        }
        for lane in ["latest", ""] {
            let error = try await wireError {
                _ = try await session.fetch(request("\(server.url)/", lane: lane)) { $0.status }
            }
            #expect(error?.category == .banned)
        }
        #expect(server.requests.count == 1)
    }
}
