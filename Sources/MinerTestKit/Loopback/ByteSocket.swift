import FlyingSocks

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A connected socket that can also do what a well-behaved server never does.
struct ByteSocket: Sendable {
    private let socket: AsyncSocket
    private let pool: any AsyncSocketPool

    init(_ socket: AsyncSocket, pool: any AsyncSocketPool) {
        self.socket = socket
        self.pool = pool
        setNoDelay()
    }

    func read() async throws -> [UInt8] {
        try await socket.read(atMost: 4096)
    }

    /// Sends all bytes. A client that is gone is an error, never a signal.
    func write(_ bytes: ArraySlice<UInt8>) async throws {
        var rest = bytes
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, noSignal) }
            if sent > 0 {
                rest = rest.dropFirst(sent)
            } else if errno == EAGAIN || errno == EWOULDBLOCK {
                try await pool.suspendSocket(socket.socket, untilReadyFor: .write)
            } else if errno != EINTR {
                throw SocketError.disconnected
            }
        }
    }

    func write(_ bytes: [UInt8]) async throws {
        try await write(bytes[...])
    }

    /// Waits until the client closes its side. What it sends until then is dropped.
    func waitForClose() async {
        do {
            while true { _ = try await read() }
        } catch {
            return
        }
    }

    /// Closes with a FIN, as a server does at the end.
    func close() {
        try? socket.close()
    }

    /// Makes the coming close a TCP reset: a linger time of zero drops what is unsent and sends RST.
    func resetOnClose() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
    }

    /// Ends the connection from outside of the task that serves it: that one finds it closed, and the close resets.
    func breakOff() {
        resetOnClose()
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// The client's port, which tells this connection from all others of the server; 0 when the client is gone.
    var peerPort: UInt16 {
        guard case .ip4(_, let port)? = try? socket.socket.remotePeer() else { return 0 }
        return port
    }

    private var descriptor: Int32 { socket.socket.file.rawValue }

    private func setNoDelay() {
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout.size(ofValue: on)))
    }
}

#if canImport(Glibc)
    private let noSignal = Int32(MSG_NOSIGNAL)
#else
    private let noSignal: Int32 = 0
#endif
