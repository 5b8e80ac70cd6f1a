import CLibCurl
import PackageMining
import Synchronization

/// What tasks hand to the thread of the loop.
///
/// Many posts are one wake-up: only the first after the thread has emptied the box wakes it.
package final class Mailbox: Sendable {
    struct Content {
        var orders: [Transfer] = []
        var cancelled: [Transfer] = []
        var resumed: [Transfer] = []
        var mustStop = false
    }

    private struct State {
        var content = Content()
        var wasWoken = false
        var multi: MultiPointer?
    }

    /// `@unchecked Sendable`: used only for `curl_multi_wakeup`, which libcurl allows from any thread, and only under
    /// the lock under which the loop takes it away before it frees the handle.
    struct MultiPointer: @unchecked Sendable {
        let raw: UnsafeMutableRawPointer
    }

    private let state: Mutex<State>

    init(waking multi: MultiPointer) {
        state = Mutex(State(multi: multi))
    }

    /// Sends a transfer on its way. One that was cancelled already ends here; returns false then.
    func post(_ transfer: Transfer) -> Bool {
        change { content in
            if transfer.isCancelled || content.mustStop { return false }
            transfer.isPosted = true
            content.orders.append(transfer)
            return true
        }
    }

    /// Withdraws a transfer. One that was not sent yet is none of the loop's business: ``post(_:)`` will refuse it.
    package func cancel(_ transfer: Transfer) {
        change { content in
            transfer.isCancelled = true
            guard transfer.isPosted else { return false }
            content.cancelled.append(transfer)
            return true
        }
    }

    /// Lets a download go on whose stream has room again.
    func resume(_ transfer: Transfer) {
        change { content in
            content.resumed.append(transfer)
            return true
        }
    }

    func stop() {
        change { content in
            content.mustStop = true
            return true
        }
    }

    /// Everything posted since the last time.
    func empty() -> Content {
        state.withLock { state in
            state.wasWoken = false
            let content = state.content
            state.content = Content()
            state.content.mustStop = content.mustStop
            return content
        }
    }

    /// The loop is about to free its handle: nobody wakes it any more.
    func close() {
        state.withLock { $0.multi = nil }
    }

    @discardableResult
    private func change(_ body: (inout Content) -> Bool) -> Bool {
        state.withLock { state in
            guard body(&state.content) else { return false }
            if !state.wasWoken, let multi = state.multi {
                state.wasWoken = true
                curl_multi_wakeup(multi.raw)
            }
            return true
        }
    }
}
