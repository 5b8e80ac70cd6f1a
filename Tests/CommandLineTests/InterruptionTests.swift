import Foundation
import MinerTestKit
import Synchronization
import Testing

/// Sends a signal to the tool when the registry is asked for the n-th time.
private final class Trigger: Sendable {
    private struct State {
        var process: Int32?
        var remaining: Int
    }

    private let state: Mutex<State>
    private let signal: Int32

    init(_ signal: Int32, at request: Int) {
        self.signal = signal
        state = Mutex(State(remaining: request))
    }

    func started(_ process: Int32) {
        state.withLock { $0.process = process }
    }

    func asked() {
        state.withLock { state in
            state.remaining -= 1
            if state.remaining == 0, let process = state.process { kill(process, signal) }
        }
    }
}

/// The trigger that is armed.
private final class Tripwire: Sendable {
    private let trigger = Mutex<Trigger?>(nil)

    var current: Trigger? { trigger.withLock { $0 } }

    func set(_ trigger: Trigger) {
        self.trigger.withLock { $0 = trigger }
    }
}

@Suite("A run that is stopped", .serialized)
struct InterruptionTests {
    private static let registry = GoRegistry.synthetic(modules: 600, seed: 11, mix: .healthy)

    private func serve(
        _ wire: Tripwire = Tripwire(), _ body: (GoService) async throws -> Void
    ) async throws {
        Self.registry.pageSize = 100
        let registry = Self.registry
        try await LoopbackServer.run(handler: { request in
            wire.current?.asked()
            return registry.answer(to: request)
        }) { try await body(GoService(registry: registry, server: $0)) }
    }

    @Test("by kill -9 at any request, ends with the same bytes")
    func survivesKills() async throws {
        let wire = Tripwire()
        try await serve(wire) { service in
            var kills = 0
            for round in 0..<6 {
                let folder = try Scratch()
                var runs = 0
                while true {
                    // 3 to 97 requests in: in the listing at first, then in the resolving.
                    let bomb = Trigger(SIGKILL, at: 3 + (round * 31 + runs * 17) % 95)
                    wire.set(bomb)
                    let outcome = try await service.mine(folder) { bomb.started($0) }
                    if outcome.status == 0 { break }
                    try #require(outcome.status == 1_000 + SIGKILL, "\(outcome.errors)")
                    kills += 1
                    runs += 1
                    try #require(runs < 200)
                }
                #expect(try folder.text("Go.csv") == Self.registry.expectedList())
            }
            #expect(kills >= 40)
        }
    }

    @Test("by kill -9 while it numbers and publishes, ends with the same bytes and the old list or the new one")
    func survivesLateKills() async throws {
        try await serve() { service in
            let folder = try Scratch()
            try await service.mine(folder)
            let list = Self.registry.expectedList()
            for delay in 0..<20 {
                // A finished state is published anew under another header, and killed on the way.
                let header = delay % 2 == 0 ? "legacy" : "standard"
                try await service.mine(folder, ["--csv-header", header]) { process in
                    DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(10 + delay * 4)) {
                        kill(process, SIGKILL)
                    }
                }
                let found = try folder.text("Go.csv")
                #expect(found.split(separator: "\n").dropFirst() == list.split(separator: "\n").dropFirst())
            }
            #expect(try await service.mine(folder).status == 0)
            #expect(try folder.text("Go.csv") == list)
        }
    }

    @Test("by Ctrl-C or SIGTERM, stores what has arrived, says how to go on, and exits", arguments: [SIGINT, SIGTERM])
    func stopsInOrder(signal: Int32) async throws {
        let wire = Tripwire()
        try await serve(wire) { service in
            for request in [2, 40, 300] {
                let folder = try Scratch()
                let bomb = Trigger(signal, at: request)
                wire.set(bomb)
                let outcome = try await service.mine(folder) { bomb.started($0) }
                #expect(outcome.status == 128 + signal, "\(outcome.errors)")
                #expect(outcome.errors.contains("hint: run `pkgmine go"))
                #expect(try await service.mine(folder).status == 0)
                #expect(try folder.text("Go.csv") == Self.registry.expectedList())
            }
        }
    }

    @Test("what was answered before is not asked again")
    func repeatsNothing() async throws {
        let wire = Tripwire()
        try await serve(wire) { service in
            let folder = try Scratch()
            try await service.mine(folder)
            let undisturbed = service.journal.requests
            service.journal.reset()
            let stopped = try Scratch()
            let bomb = Trigger(SIGINT, at: 300)
            wire.set(bomb)
            try await service.mine(stopped, ["--concurrency", "4"]) { bomb.started($0) }
            try await service.mine(stopped, ["--concurrency", "4"])
            #expect(service.journal.requests <= undisturbed + 8)
            #expect(try stopped.text("Go.csv") == folder.text("Go.csv"))
        }
    }
}
