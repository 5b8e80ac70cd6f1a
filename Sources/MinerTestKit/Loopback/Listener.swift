import FlyingSocks
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The listening socket: takes connections, and can go down and come back on the same port.
///
/// While it is down the port stays bound, so that nobody else can get it.
final class Listener: Sendable {
    private struct State {
        /// How many want it down at present.
        var downs = 0
        var isClosed = false
        /// Why it cannot listen any more.
        var failure: (any Error)?
        var open: [ObjectIdentifier: Peer] = [:]

        /// The socket that listens, or did last.
        var socket: AsyncSocket

        /// Sockets that have gone down. They hold the port until the end.
        var spent: [AsyncSocket] = []
    }

    private final class Peer: Sendable {
        let socket: ByteSocket
        init(_ socket: ByteSocket) { self.socket = socket }
    }

    let port: UInt16
    private let pool: LoopbackPool
    private let state: Mutex<State>
    private let returns: AsyncStream<Void>
    private let hasReturned: AsyncStream<Void>.Continuation

    init(port: UInt16, pool: LoopbackPool) throws {
        let (socket, bound) = try Self.listeningSocket(port: port)
        self.port = bound
        state = Mutex(State(socket: try AsyncSocket(socket: socket, pool: pool.sockets)))
        self.pool = pool
        (returns, hasReturned) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    private static func listeningSocket(port: UInt16) throws -> (Socket, UInt16) {
        let first = try boundSocket(port: port)
        guard case .ip4(_, let bound) = try first.sockname() else { throw SocketError.disconnected }
        // A port that the system chose is given back when the socket stops listening; one that was asked for is kept.
        let socket = try boundSocket(port: bound)
        try first.close()
        try socket.listen()
        return (socket, bound)
    }

    private static func boundSocket(port: UInt16) throws -> Socket {
        let socket = try Socket(domain: Int32(sockaddr_in.family), type: .stream)
        try socket.setValue(true, for: .localAddressReuse)
        try socket.bind(to: .inet(ip4: "127.0.0.1", port: port))
        return socket
    }

    /// Takes connections until the task is cancelled, or until it cannot come back.
    func run(serve: @escaping @Sendable (ByteSocket) async -> Void) async throws {
        await withDiscardingTaskGroup { connections in
            await acceptAll { socket in connections.addTask { await self.hold(socket, while: serve) } }
        }
        await pool.settle()
        close()
        if let failure = state.withLock(\.failure) { throw failure }
    }

    private func close() {
        state.withLock { state in
            state.isClosed = true
            for socket in state.spent + [state.socket] { try? socket.close() }
        }
    }

    private func acceptAll(_ take: (ByteSocket) -> Void) async {
        var returns = returns.makeAsyncIterator()
        while !Task.isCancelled, state.withLock({ $0.failure == nil }) {
            do {
                take(ByteSocket(try await state.withLock(\.socket).accept(), pool: pool.sockets))
            } catch {
                if state.withLock({ $0.downs > 0 }) { _ = await returns.next() }
                await Task.yield()
            }
        }
    }

    private func hold(_ socket: ByteSocket, while serve: @Sendable (ByteSocket) async -> Void) async {
        let peer = Peer(socket)
        state.withLock { $0.open[ObjectIdentifier(peer)] = peer }
        await serve(socket)
        await pool.settle()
        // Not closed by someone else's hand: a number that is closed may be another connection's a moment later.
        state.withLock { state in
            state.open[ObjectIdentifier(peer)] = nil
            socket.close()
        }
    }

    func goDown() {
        state.withLock { state in
            if state.isClosed { return }
            state.downs += 1
            shutdown(state.socket.socket.file.rawValue, Int32(SHUT_RDWR))
            for peer in state.open.values { peer.socket.breakOff() }
        }
    }

    func comeBack() throws {
        try state.withLock { state in
            if state.isClosed || state.downs == 0 { return }
            state.downs -= 1
            if state.downs == 0 { try listenAgain(&state) }
        }
        hasReturned.yield()
    }

    /// The same where nobody waits for it: an error ends ``run(serve:)``.
    func comeBackOrFail() {
        do {
            try comeBack()
        } catch {
            state.withLock { $0.failure = error }
            hasReturned.yield()
        }
    }

    /// Takes connections again, however many want it down.
    func recover() throws {
        try state.withLock { state in
            if state.isClosed || state.downs == 0 { return }
            state.downs = 0
            try listenAgain(&state)
        }
        hasReturned.yield()
    }

    /// Listens with a new socket. One that was shut down can listen again as well, but whoever waits on it for a
    /// connection at that moment is never told of one.
    private func listenAgain(_ state: inout State) throws {
        let socket = try Self.boundSocket(port: port)
        try socket.listen()
        state.spent.append(state.socket)
        state.socket = try AsyncSocket(socket: socket, pool: pool.sockets)
    }
}
