import Foundation
import GoMiner
import GoRegistryFixture
import MinerTestKit
import MiningStore
import PackageMining
import RegistryHTTP
import Synchronization

/// A run in this process: the real miner, session and store against a real socket, by a clock of the test's own.
struct WholeRun {
    let folder = Scratch()
    let clock = JumpingClock()
    var time = Date(timeIntervalSince1970: 1_800_000_000)

    @discardableResult
    func mine(_ service: GoService, proxyURL: String? = nil, concurrency: Int = 16) async throws -> RunReport {
        let store = try MiningStore(StateFiles(outputFolder: folder.url, id: "go"))
        var options = MiningOptions(outputFolder: folder.url)
        options.concurrency = concurrency
        let time = time
        let miner = try GoMiner(
            indexURL: service.indexURL, proxyURL: proxyURL ?? service.cachedOnlyURL)
        let run = MiningRun(miner, through: try session(concurrency), into: store, options: options, now: { time })
        do {
            let report = try await run.run()
            try await store.close()
            return report
        } catch {
            try await store.close()
            throw error
        }
    }

    func session(_ concurrency: Int) throws -> CurlSession {
        var configuration = CurlSession.Configuration(version: "1.0", projectURL: "https://example.org/pkgmine")
        configuration.concurrency = concurrency
        configuration.time = clock.source
        return try CurlSession(configuration)
    }

    func list() throws -> String {
        String(decoding: try Data(contentsOf: folder.url.appending(path: "Go.csv")), as: UTF8.self)
    }
}

/// A clock that jumps over the session's waits, and does what is to be done at a time as it comes by.
final class JumpingClock: Sendable {
    private struct State {
        var jumped = 0.0
        var alarms: [(at: Double, ring: @Sendable () -> Void)] = []
    }

    private let began = ContinuousClock.now
    private let state = Mutex(State())

    var now: Double { state.withLock { $0.jumped } + (ContinuousClock.now - began) / .seconds(1) }

    var source: TimeSource {
        TimeSource(now: { self.now }, date: { Date() }, pause: { self.jump($0) }, random: { 0.5 })
    }

    /// Rings in so many seconds of this clock.
    func after(_ seconds: Double, _ ring: @escaping @Sendable () -> Void) {
        let at = now + seconds
        state.withLock { $0.alarms.append((at, ring)) }
    }

    /// Jumps, but never past an alarm.
    private func jump(_ seconds: Double) -> Double {
        let now = now
        let due = state.withLock { state -> [@Sendable () -> Void] in
            let next = state.alarms.map { $0.at - now }.min() ?? .infinity
            state.jumped += max(0, min(seconds, next))
            let due = state.alarms.filter { $0.at <= now + seconds }
            state.alarms.removeAll { $0.at <= now + seconds }
            return due.map { $0.ring }
        }
        for ring in due { ring() }
        return 0
    }
}

/// A folder that goes with its test.
final class Scratch: Sendable {
    let url = FileManager.default.temporaryDirectory.appending(path: "pkgmine-\(UUID().uuidString)")

    init() {}

    deinit { try? FileManager.default.removeItem(at: url) }
}
