public import PackageMining

/// The session on libcurl: one pool of connections and one thread for all requests of a run, or of several runs that
/// share it.
///
/// HTTP/2 over TLS where the server has it, with many requests on a connection; else HTTP/1.1 with connections kept.
/// How hard a host is asked is told at ``LearntPace``, what happens when it is silent at ``Breaker``.
public final class CurlSession: RegistrySession {
    let configuration: Configuration
    let sharer = Sharer()
    private let loop: SharedLoop

    package var mailbox: Mailbox { loop.mailbox }

    /// Throws a ``WireError`` when libcurl cannot be set up.
    public convenience init(_ configuration: Configuration) throws {
        self.init(configuration, on: try SharedLoop(configuration))
    }

    private init(_ configuration: Configuration, on loop: SharedLoop) {
        self.configuration = configuration
        self.loop = loop
    }

    /// A session for a run beside this one's: on the same thread, through the same connections, and at one pace where
    /// both ask the same host. What it has done is counted by itself.
    public func shared() -> CurlSession {
        CurlSession(configuration, on: loop)
    }

    public func activity() -> SessionActivity {
        sharer.activity
    }

    public func fetch<Answer: Sendable>(
        _ request: Request, read: @Sendable (Response) throws -> Answer
    ) async throws -> Answer {
        var budget = AttemptBudget(request, configuration)
        while true {
            let attempt = await follow(budget.order(for: request))
            guard let response = try budget.answer(of: attempt) else { continue }
            do {
                return try read(response)
            } catch let error as WireError where error.isWorthRetrying {
                try budget.failed(error, isCharged: true, retryAfter: attempt.retryAfter)
            }
        }
    }

    /// One attempt, redirects followed: ten at most, only to http and https, never from https to http. Of a stranger's
    /// host it is nine, to https alone.
    private func follow(_ order: Order) async -> Attempt {
        var order = order
        let limit = order.stranger == nil ? Redirect.limit : StrangersHost.redirects
        for _ in 0...limit {
            if let error = order.refusedAsStrangers { return Attempt(result: .failed(error)) }
            let attempt = await send(Transfer(order, for: sharer))
            guard case .answered(let response, let location) = attempt.result, Redirect.isOne(response) else {
                return attempt
            }
            do throws(WireError) {
                order = try Redirect.follow(order, response, to: location)
            } catch {
                return Attempt(result: .failed(error))
            }
        }
        return Attempt(result: .failed(WireError(.refused, url: order.url, "more than \(limit) redirects")))
    }

    /// Sends a transfer and waits for its end. Cancelling the task withdraws it.
    package func send(_ transfer: Transfer) async -> Attempt {
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                transfer.continuation = continuation
                if mailbox.post(transfer) { return }
                let error = WireError(.cancelled, url: transfer.order.url, "the run was stopped")
                transfer.end(with: Attempt(result: .failed(error)))
            }
        } onCancel: {
            mailbox.cancel(transfer)
        }
    }
}
