import FlyingSocks

/// What watches the sockets of loopback servers: of one server, or of all that are made in the body of ``share(_:)``.
struct LoopbackPool: Sendable {
    /// The pool that servers made by this task share.
    @TaskLocal static var shared: LoopbackPool?

    let sockets: any AsyncSocketPool

    private init() async throws {
        #if os(Linux)
            sockets = SocketPool(queue: FrankQueue(queue: ePoll(maxEvents: 256)))
        #else
            sockets = SocketPool.make(maxEvents: 256)
        #endif
        try await sockets.prepare()
    }

    /// Lets all servers that are made in `body` share one pool. A pool costs a thread, and a descriptor that it never
    /// gives back.
    static func share<Result: Sendable>(_ body: @Sendable () async throws -> Result) async throws -> Result {
        try await LoopbackPool().running { pool in try await $shared.withValue(pool) { try await body() } }
    }

    /// The shared pool where there is one, and else a new one, at work while `body` is.
    static func with<Result>(_ body: (LoopbackPool) async throws -> Result) async throws -> Result {
        if let shared { return try await body(shared) }
        return try await LoopbackPool().running(body)
    }

    private func running<Result>(_ body: (LoopbackPool) async throws -> Result) async throws -> Result {
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask {
                do {
                    try await sockets.run()
                } catch  where Task.isCancelled {
                    // That is how it ends.
                }
            }
            defer { group.cancelAll() }
            return try await body(self)
        }
    }

    /// Returns when the pool has done with all that it has told its waiters.
    ///
    /// It wakes a waiter first and takes its descriptor off its list then. Were the descriptor closed in between, the
    /// pool would keep the number on its list, and never watch the next connection that is given it. The pool is an
    /// actor: whoever gets into it gets in behind that.
    func settle() async {
        if let actor = sockets as? any Actor { await enter(actor) }
    }
}

private func enter(_ actor: isolated any Actor) {}

#if os(Linux)
    /// A queue of events that tells of a hang-up whoever waits for the socket.
    ///
    /// A listening socket that is shut down hangs up, and is ready for nothing. The queue beneath tells of that only
    /// those who waited before it began to listen for events; all others would wait for ever.
    private struct FrankQueue: EventQueue {
        var queue: ePoll

        mutating func open() throws { try queue.open() }
        mutating func stop() throws { try queue.stop() }
        mutating func close() throws { try queue.close() }

        mutating func addEvents(_ events: Socket.Events, for socket: Socket.FileDescriptor) throws {
            try queue.addEvents(events, for: socket)
        }

        mutating func removeEvents(_ events: Socket.Events, for socket: Socket.FileDescriptor) throws {
            try queue.removeEvents(events, for: socket)
        }

        func getNotifications() throws -> [EventNotification] {
            try queue.getNotifications().map { notification in
                var notification = notification
                if notification.events.isEmpty { notification.events = [.read, .write] }
                return notification
            }
        }
    }
#endif
