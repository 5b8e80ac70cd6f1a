import Foundation
import PackageMining
import RegistryHTTP
import Synchronization

/// A session whose waits cost no time: its clock jumps over them.
func quickSession(_ change: (inout CurlSession.Configuration) -> Void = { _ in }) throws -> CurlSession {
    var configuration = CurlSession.Configuration(version: "1.0", projectURL: "https://example.org/pkgmine")
    let jumped = JumpingClock()
    configuration.time = TimeSource(
        now: { jumped.now() }, date: { Date(timeIntervalSince1970: 1_700_000_000) }, pause: { jumped.jump($0) },
        random: { 0.5 })
    change(&configuration)
    return try CurlSession(configuration)
}

final class JumpingClock: Sendable {
    private let began = ContinuousClock.now
    private let jumped = Mutex(0.0)

    func now() -> Double { (ContinuousClock.now - began).inSeconds + jumped.withLock { $0 } }

    func jump(_ seconds: Double) -> Double {
        jumped.withLock { $0 += seconds }
        return 0
    }
}

extension RegistrySession {
    /// The body as text.
    func text(_ url: String, limit: Int = 1 << 20) async throws -> String {
        try await fetch(Request(url, bodyLimit: limit)) { String(decoding: $0.body, as: UTF8.self) }
    }
}

/// The error that `body` throws, if it throws a WireError.
func wireError(_ body: () async throws -> Void) async throws -> WireError? {
    do {
        try await body()
        return nil
    } catch let error as WireError {
        return error
    }
}
