import FlyingSocks
import MinerTestKit
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A client that shows what is on the wire, and believes nothing.
struct WireClient {
    /// How a connection ended.
    enum End {
        case closed
        case reset
    }

    private let socket: AsyncSocket
    private let pool: any AsyncSocketPool

    init(to port: UInt16) async throws {
        pool = try await .client
        socket = try await .connected(to: .inet(ip4: "127.0.0.1", port: port), pool: pool, timeout: 60)
    }

    func ask(_ target: String, _ headers: [String] = []) async throws {
        let lines = ["GET \(target) HTTP/1.1", "Host: 127.0.0.1"] + headers + ["", ""]
        try await send(Array(lines.joined(separator: "\r\n").utf8))
    }

    func send(_ bytes: [UInt8]) async throws {
        #expect(sendBytes(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count)
    }

    /// All bytes up to the end, or the first `limit` of them with no end.
    func receive(upTo limit: Int = .max) async -> (bytes: [UInt8], end: End?) {
        var received: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while received.count < limit, !Task.isCancelled {
            let count = recv(descriptor, &chunk, min(chunk.count, limit - received.count), 0)
            if count > 0 {
                received += chunk.prefix(count)
            } else if count == 0 {
                return (received, .closed)
            } else if errno == ECONNRESET {
                return (received, .reset)
            } else {
                // What is wrong with the connection shows at the next call.
                try? await pool.suspendSocket(socket.socket, untilReadyFor: .read)
            }
        }
        return (received, nil)
    }

    func close() {
        try? socket.close()
    }

    private var descriptor: Int32 { socket.socket.file.rawValue }
}

private func sendBytes(_ descriptor: Int32, _ bytes: [UInt8], _ count: Int, _ flags: Int32) -> Int {
    send(descriptor, bytes, count, flags)
}
