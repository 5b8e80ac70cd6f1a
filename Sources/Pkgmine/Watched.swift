import PackageMining

/// How a run and whoever watched it have ended.
struct Watched<Report: Sendable>: Sendable {
    private var run: Result<Report, any Error> = .failure(CancellationError())
    private var watcher: Result<Void, any Error> = .success(())

    private enum Part: Sendable {
        case run(Result<Report, any Error>)
        case watcher(Result<Void, any Error>)
    }

    /// Waits for both. A watcher that fails stops the run; one that has seen enough does not.
    init(
        _ run: @escaping @Sendable () async throws -> Report, by watcher: @escaping @Sendable () async throws -> Void
    ) async {
        self = await withTaskGroup(of: Part.self, returning: Watched.self) { group in
            group.addTask { .run(await ending(of: run)) }
            group.addTask { .watcher(await ending(of: watcher)) }
            var watched = Watched()
            for await part in group {
                switch part {
                case .run(let result): watched.run = result
                case .watcher(let result):
                    watched.watcher = result
                    if case .failure = result { group.cancelAll() }
                }
            }
            return watched
        }
    }

    private init() {}

    /// - Parameter failure: what an error is that the run did not end by for being stopped.
    func report(failure: (any Error) -> MiningFailure) throws -> Report {
        switch run {
        case .success(let report):
            try watcher.get()
            return report
        case .failure(let error) where isStop(error):
            try watcher.get()
            throw CancellationError()
        case .failure(let error): throw failure(error)
        }
    }
}

private func isStop(_ error: any Error) -> Bool {
    error is CancellationError || (error as? WireError)?.category == .cancelled
}

/// How `body` ends.
package func ending<Value: Sendable>(of body: () async throws -> Value) async -> Result<Value, any Error> {
    do { return .success(try await body()) } catch { return .failure(error) }
}
