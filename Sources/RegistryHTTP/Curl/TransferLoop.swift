import CLibCurl
import Foundation
import PackageMining

/// The thread that moves all bytes of a session: it empties the mailbox, launches what each host's gate allows, lets
/// curl work, and resumes the tasks whose transfers have ended.
///
/// Everything here belongs to that one thread; only the mailbox is shared.
final class TransferLoop {
    private let multi: UnsafeMutableRawPointer
    private let mailbox: Mailbox
    private let configuration: CurlSession.Configuration
    private var gates: [String: HostGate] = [:]
    private var bounds: [String: HostBounds] = [:]

    /// The gates at which something waits: of all hosts that were ever asked they are few.
    private var busy: Set<String> = []
    private var delayed: [Transfer] = []
    private var active: [UnsafeMutableRawPointer: EasyHandle] = [:]
    private var idle: [EasyHandle] = []
    private let turn = Turn()

    /// No transfer under way has its deadline before this. It may be too early, since deadlines move with each byte:
    /// it is worked out anew when it comes, which is seldom.
    private var earliestDeadline = Double.infinity
    private var sharers: [ObjectIdentifier: Sharer] = [:]
    private var paused: [String: String] = [:]

    /// Starts the thread; it ends when the mailbox says so.
    static func start(_ configuration: CurlSession.Configuration) throws -> Mailbox {
        guard globalInit == CURLE_OK, let multi = curl_multi_init() else {
            throw WireError(.unreachable, url: "", "libcurl could not be set up")
        }
        let pointer = Mailbox.MultiPointer(raw: multi)
        let mailbox = Mailbox(waking: pointer)
        let thread = Thread { TransferLoop(pointer.raw, mailbox, configuration).run() }
        thread.name = "registry-session"
        thread.start()
        return mailbox
    }

    private static let globalInit = pkgmine_global_init()

    private init(_ multi: UnsafeMutableRawPointer, _ mailbox: Mailbox, _ configuration: CurlSession.Configuration) {
        self.multi = multi
        self.mailbox = mailbox
        self.configuration = configuration
        pkgmine_multi_set_long(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
        pkgmine_multi_set_long(multi, CURLMOPT_MAXCONNECTS, max(64, configuration.concurrency * 2))
        pkgmine_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, max(1, configuration.concurrency))
    }

    private func run() {
        while true {
            let content = mailbox.empty()
            if content.mustStop { break }
            turn.now = configuration.time.now()
            take(content)
            launchAll()
            var running: Int32 = 0
            curl_multi_perform(multi, &running)
            let hasEnded = endFinished() || endOverdue()
            showPauses()
            if !hasEnded { wait() }
        }
        shutDown()
    }

    // MARK: What comes in

    private func take(_ content: Mailbox.Content) {
        let now = configuration.time.now()
        for transfer in content.orders {
            sharers[ObjectIdentifier(transfer.sharer)] = transfer.sharer
            if transfer.order.isRetry { transfer.sharer.count { $0.retries += 1 } }
            if transfer.order.notBefore > now { delay(transfer) } else { enqueue(transfer) }
        }
        for transfer in content.cancelled { withdraw(transfer) }
        for transfer in content.resumed {
            guard let handle = transfer.handle else { continue }
            handle.resume()
            earliestDeadline = min(earliestDeadline, handle.deadline)
        }
        while let next = delayed.last, next.order.notBefore <= now {
            delayed.removeLast()
            if !next.hasEnded { enqueue(next) }
        }
    }

    /// Keeps the transfers that back off in order, the next one last.
    private func delay(_ transfer: Transfer) {
        var low = 0
        var high = delayed.count
        while low < high {
            let middle = (low + high) / 2
            if delayed[middle].order.notBefore > transfer.order.notBefore { low = middle + 1 } else { high = middle }
        }
        delayed.insert(transfer, at: low)
    }

    private func enqueue(_ transfer: Transfer) {
        if transfer.order.stranger == nil { transfer.sharer.goes(through: transfer.gate) }
        gates[transfer.gate, default: newGate(for: transfer)].enqueue(transfer)
        busy.insert(transfer.gate)
    }

    private func newGate(for transfer: Transfer) -> HostGate {
        let shared =
            bounds[transfer.host]
            ?? HostBounds(
                concurrency: configuration.concurrency, bears: configuration.paces[transfer.host] ?? Pace())
        bounds[transfer.host] = shared
        return HostGate(
            transfer.gate, in: shared, outageLimit: configuration.outageLimit.inSeconds,
            isStrangers: transfer.order.stranger != nil)
    }

    private func withdraw(_ transfer: Transfer) {
        let error = WireError(.cancelled, url: transfer.order.url, "the run was stopped")
        guard let handle = transfer.handle else { return transfer.end(with: Attempt(result: .failed(error))) }
        detach(handle)
        end(transfer, Judgement(error, .withdrawn))
    }

    // MARK: What goes out

    private func launchAll() {
        let now = configuration.time.now()
        for gate in gatesInTurn {
            gates[gate]?.restIfHourBegins(at: now, date: configuration.time.date)
            while let transfer = gates[gate]?.giveUp(at: now) { endUnsent(transfer) }
            while let transfer = gates[gate]?.launch(at: now) { launch(transfer) }
            while let transfer = gates[gate]?.giveUp(at: now) { endUnsent(transfer) }
            if gates[gate]?.isEmpty != false { busy.remove(gate) }
        }
    }

    /// Where hosts have lanes, those first that have waited longest: the others would take all that the host bears.
    private var gatesInTurn: [String] {
        if bounds.count == gates.count { return Array(busy) }
        return busy.map { (gates[$0]?.lastLaunch ?? 0, $0) }.sorted { $0 < $1 }.map(\.1)
    }

    private func endUnsent(_ transfer: Transfer) {
        if let ban = bounds[transfer.host]?.ban {
            return transfer.end(with: Attempt(result: .failed(ban.error(of: transfer))))
        }
        let minutes = (configuration.outageLimit.inSeconds / 60).formatted(.number.precision(.fractionLength(0...1)))
        let why = gates[transfer.gate]?.lastFailure.map { ", the last time: \($0)" } ?? ""
        let isWaitedFor = !transfer.order.hasSubstitute
        let reason = "\(transfer.host) has given no usable answer\(isWaitedFor ? " for \(minutes) min" : "")\(why)"
        let error = WireError(.unreachable, url: transfer.order.url, reason, attempts: transfer.order.failures)
        transfer.end(with: Attempt(result: .failed(error), isOutage: true))
    }

    private func launch(_ transfer: Transfer) {
        transfer.sharer.count { $0.requests += 1 }
        guard let handle = idle.popLast() ?? EasyHandle(configuration, turn) else {
            return end(transfer, Judgement(WireError(.unreachable, url: transfer.order.url, "no memory"), .withdrawn))
        }
        handle.load(transfer)
        transfer.handle = handle
        active[handle.easy] = handle
        transfer.sharer.count { $0.inFlight += 1 }
        earliestDeadline = min(earliestDeadline, handle.deadline)
        let code = curl_multi_add_handle(multi, handle.easy)
        if code != CURLM_OK {
            let reason = String(cString: curl_multi_strerror(code))
            detach(handle)
            end(transfer, Judgement(WireError(.unreachable, url: transfer.order.url, reason), .withdrawn))
        }
    }

    // MARK: What has ended

    private func endFinished() -> Bool {
        var hasEnded = false
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
                let handle = active[easy], let transfer = handle.transfer
            else { continue }
            let code = pkgmine_message_result(message)
            let judgement = Judgement(of: transfer, handle, code)
            detach(handle)
            end(transfer, judgement)
            hasEnded = true
        }
        return hasEnded
    }

    /// Ends the transfers that have taken too long, by the session's clock and not by curl's: a test can let it jump.
    private func endOverdue() -> Bool {
        guard turn.now >= earliestDeadline else { return false }
        let overdue = active.values.filter { $0.deadline <= turn.now }
        for handle in overdue {
            guard let transfer = handle.transfer else { continue }
            let judgement = Judgement(overdue: transfer, handle)
            detach(handle)
            end(transfer, judgement)
        }
        earliestDeadline = active.values.reduce(.infinity) { min($0, $1.deadline) }
        return !overdue.isEmpty
    }

    private func detach(_ handle: EasyHandle) {
        curl_multi_remove_handle(multi, handle.easy)
        active[handle.easy] = nil
        handle.transfer?.sharer.count {
            $0.inFlight -= 1
            $0.receivedBytes += handle.incoming.rawBytes
        }
        handle.transfer?.handle = nil
        handle.unload()
        idle.append(handle)
    }

    private func end(_ transfer: Transfer, _ judgement: Judgement) {
        let time = configuration.time
        let wait = AskedWait(judgement, now: time.date())
        let pause = wait.bounded(by: configuration)
        let isCharged =
            gates[transfer.gate]?.ended(transfer, as: judgement.ending, retryAfter: pause, at: time.now()) ?? true
        if let failure = judgement.failure { gates[transfer.gate]?.lastFailure = failure }
        if wait.reset != nil, let pause { gates[transfer.gate]?.rest(until: time.now() + pause) }
        let ban = ban(of: transfer.host, by: judgement, wait)
        let result = ban.map { .failed($0.error(of: transfer)) } ?? judgement.result
        transfer.end(with: Attempt(result: result, isCharged: isCharged, retryAfter: wait.retryAfter))
        if transfer.order.stranger != nil { forget(transfer, at: time.now()) }
    }

    /// Forgets a stranger's host of which nothing is remembered that counts: there may be very many of them.
    private func forget(_ transfer: Transfer, at now: Double) {
        guard let gate = gates[transfer.gate], gate.isEmpty, gate.inFlight == 0, !gate.isPaused(at: now) else { return }
        gates[transfer.gate] = nil
        busy.remove(transfer.gate)
        if gates[transfer.host] == nil { bounds[transfer.host] = nil }
    }

    /// The ban that an answer pronounces, if it is one.
    private func ban(of host: String, by judgement: Judgement, _ wait: AskedWait) -> Ban? {
        guard judgement.ending == .limit, let lasts = bounds[host]?.banLasts else { return nil }
        let ban = Ban(status: judgement.status, end: configuration.time.date() + max(lasts, wait.longest ?? 0))
        bounds[host]?.ban = ban
        return ban
    }

    // MARK: Waiting

    private func wait() {
        let now = configuration.time.now()
        var next = delayed.last?.order.notBefore ?? .infinity
        for gate in busy { next = min(next, gates[gate]?.nextLaunch() ?? .infinity) }
        if !active.isEmpty { next = min(next, earliestDeadline) }
        var seconds = min(max(0, next - now), 60)
        if !active.isEmpty {
            seconds = configuration.time.listen(seconds) { active.values.map(\.port) }
        } else if next < .infinity {
            seconds = configuration.time.pause(seconds)
        }
        curl_multi_poll(multi, nil, 0, Int32((min(60, seconds) * 1000).rounded(.up)), nil)
    }

    private func showPauses() {
        let now = configuration.time.now()
        let before = paused
        paused = [:]
        for (name, gate) in gates where !gate.isStrangers && gate.isPaused(at: now) { paused[name] = gate.trouble }
        if paused.isEmpty, before.isEmpty { return }
        for sharer in sharers.values { sharer.show(paused) }
    }

    private func shutDown() {
        mailbox.close()
        for handle in Array(active.values) {
            if let transfer = handle.transfer { withdraw(transfer) }
        }
        idle = []
        curl_multi_cleanup(multi)
    }
}

/// The time of the loop's present turn: read once, since a turn may bring thousands of bytes' arrivals.
final class Turn {
    var now = 0.0
}
