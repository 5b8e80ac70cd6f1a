import Foundation
import GoRegistryFixture
import MinerTestKit
import Synchronization
import Testing

/// Sends a signal to the tool when the registry is asked for the n-th time, or a moment later.
final class Trigger: Sendable {
    private struct State {
        var process: Int32?
        var remaining: Int
    }

    private let state: Mutex<State>
    private let signal: Int32
    private let delay: DispatchTimeInterval?

    init(_ signal: Int32, at request: Int, delay: DispatchTimeInterval? = nil) {
        self.signal = signal
        self.delay = delay
        state = Mutex(State(remaining: request))
    }

    func started(_ process: Int32) {
        state.withLock { $0.process = process }
    }

    func asked() {
        let target = state.withLock { state in
            state.remaining -= 1
            return state.remaining == 0 ? state.process : nil
        }
        guard let target else { return }
        guard let delay else {
            kill(target, signal)
            return
        }
        // It may have ended by then and its number be taken by another: a child of ours is not waited for before.
        DispatchQueue.global().asyncAfter(deadline: .now() + delay) { self.fire(at: target) }
    }

    /// The process has ended; whoever has its number now is left alone.
    func disarm() {
        state.withLock { $0.process = nil }
    }

    private func fire(at target: Int32) {
        state.withLock { if $0.process == target { _ = kill(target, signal) } }
    }
}

/// A registry with a trigger that is armed for one run after another.
final class Tripwire: Sendable {
    private let trigger = Mutex<Trigger?>(nil)
    private let deed = Mutex<(remaining: Int, act: @Sendable () throws -> Void)?>(nil)

    /// Does something when the registry is asked for the n-th time from now on, before it answers.
    func at(request: Int, _ act: @escaping @Sendable () throws -> Void) {
        deed.withLock { $0 = (request, act) }
    }

    /// Is told of each request.
    func asked() {
        trigger.withLock { $0 }?.asked()
        deed.withLock { deed in
            guard let now = deed else { return }
            deed = now.remaining == 1 ? nil : (now.remaining - 1, now.act)
            guard now.remaining == 1 else { return }
            do { try now.act() } catch { Issue.record(error) }
        }
    }

    func set(_ trigger: Trigger) {
        self.trigger.withLock { $0 = trigger }
    }

    /// Serves the registry, and tells the trigger of each request.
    func serve(
        _ registry: GoRegistry, misbehaving misbehaviour: Misbehaviour = .none,
        _ body: (GoService) async throws -> Void
    ) async throws {
        try await LoopbackServer.run(
            misbehaving: misbehaviour,
            handler: { request in
                self.asked()
                return registry.answer(to: request)
            }
        ) { try await body(GoService(registry: registry, server: $0)) }
    }
}
