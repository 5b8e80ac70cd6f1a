public import PackageMining

extension CurlSession {
    /// The bytes are asked for as they are (`identity`), so that their places mean the same on every attempt.
    public func download(
        _ request: Request, receive: @Sendable (_ chunk: [UInt8]) async throws -> Void
    ) async throws -> Response {
        var budget = AttemptBudget(request, configuration)
        var progress = DownloadProgress(request)
        while true {
            let before = progress.offset
            let attempt = try await downloadOnce(budget.order(for: request), &progress, receive)
            if progress.offset > before { budget.madeProgress() }
            if let response = try budget.answer(of: attempt) { return response }
            if let error = progress.cannotGoOn(behind: attempt) { throw error }
        }
    }

    /// One attempt, redirects followed, from where the last one ended.
    private func downloadOnce(
        _ order: Order, _ progress: inout DownloadProgress, _ receive: @Sendable ([UInt8]) async throws -> Void
    ) async throws -> Attempt {
        var order = order
        order.headers += progress.rangeFields()
        if progress.offset > 0 { order.condition = nil }
        for _ in 0...Redirect.limit {
            let attempt = try await stream(order, &progress, receive)
            guard case .answered(let response, let location) = attempt.result, Redirect.isOne(response) else {
                return progress.judge(attempt)
            }
            do throws(WireError) {
                order = try Redirect.follow(order, response, to: location)
            } catch {
                return Attempt(result: .failed(error))
            }
        }
        return Attempt(result: .failed(WireError(.refused, url: order.url, "more than \(Redirect.limit) redirects")))
    }

    /// Runs the transfer and, beside it, hands over what it brings.
    private func stream(
        _ order: Order, _ progress: inout DownloadProgress, _ receive: @Sendable ([UInt8]) async throws -> Void
    ) async throws -> Attempt {
        let bytes = ByteStream()
        let transfer = Transfer(order, stream: bytes, for: sharer)
        async let ending = send(transfer)
        do {
            while let portion = await bytes.next() {
                try await progress.take(portion, receive)
                if portion.mustResume { mailbox.resume(transfer) }
            }
        } catch {
            mailbox.cancel(transfer)
            _ = await ending
            if let changed = error as? ChangedWhileRead { throw changed.error }
            if let error = error as? WireError, error.isWorthRetrying { return Attempt(result: .failed(error)) }
            throw error
        }
        return await ending
    }
}
