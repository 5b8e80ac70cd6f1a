import PackageMining
import Synchronization

/// One of those who share a session's pool of connections, and what was done for it.
///
/// The thread of the loop counts, whoever shows it reads.
package final class Sharer: Sendable {
    private struct State {
        var activity = SessionActivity()
        /// The gates that were gone through: hosts, and lanes of them.
        var gates: Set<String> = []
    }

    private let state = Mutex(State())

    package init() {}

    var activity: SessionActivity { state.withLock { $0.activity } }

    func count(_ body: (inout SessionActivity) -> Void) {
        state.withLock { body(&$0.activity) }
    }

    func goes(through gate: String) {
        state.withLock { _ = $0.gates.insert(gate) }
    }

    /// - Parameter paused: why gates are left alone now, by their names; those of others too.
    func show(_ paused: [String: String]) {
        state.withLock { state in
            state.activity.pausedHosts = paused.filter { state.gates.contains($0.key) }.values.sorted()
        }
    }
}

/// The thread of a session's loop, which ends with the last of those who share it.
final class SharedLoop: Sendable {
    let mailbox: Mailbox

    init(_ configuration: CurlSession.Configuration) throws {
        mailbox = try TransferLoop.start(configuration)
    }

    deinit {
        mailbox.stop()
    }
}
