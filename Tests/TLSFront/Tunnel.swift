import Foundation

/// A proxy for https, as an environment names one: it connects whoever asks for a host that it knows with one port of
/// this machine, and refuses all others.
///
/// It ends with the value; a connection that is under way ends with its ends.
public final class Tunnel: Sendable {
    public let port: UInt16
    private let listener: Int32

    /// - Parameters:
    ///   - hosts: those that it knows.
    ///   - target: the port that they are.
    public init(to target: Int, for hosts: Set<String>) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard listener >= 0, let port = Self.bind(listener) else { throw POSIXError(.EADDRNOTAVAIL) }
        self.port = port
        let listener = listener
        Thread {
            while true {
                let client = accept(listener, nil, nil)
                if client < 0 { return }
                Thread { Self.serve(client, UInt16(target), hosts) }.start()
            }
        }.start()
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    public var url: String { "http://127.0.0.1:\(port)" }

    private static func serve(_ client: Int32, _ target: UInt16, _ hosts: Set<String>) {
        defer { close(client) }
        var head: [UInt8] = []
        var byte: UInt8 = 0
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8), recv(client, &byte, 1, 0) == 1 { head.append(byte) }
        let host = String(decoding: head, as: UTF8.self).split(separator: " ").dropFirst().first ?? ""
        guard hosts.contains(String(host.prefix { $0 != ":" })), let server = connected(to: target) else {
            return say("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", to: client)
        }
        defer { close(server) }
        say("HTTP/1.1 200 OK\r\n\r\n", to: client)
        let back = Thread { pass(from: server, to: client) }
        back.start()
        pass(from: client, to: server)
        shutdown(server, Int32(SHUT_RDWR))
        while !back.isFinished { usleep(1_000) }
    }

    private static func pass(from source: Int32, to target: Int32) {
        var bytes = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            let count = recv(source, &bytes, bytes.count, 0)
            if count <= 0 || send(target, bytes, count, Int32(MSG_NOSIGNAL)) != count { break }
        }
        shutdown(target, Int32(SHUT_WR))
    }

    private static func say(_ text: String, to client: Int32) {
        _ = send(client, text, text.utf8.count, Int32(MSG_NOSIGNAL))
    }

    private static func bind(_ listener: Int32) -> UInt16? {
        var address = loopback(0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                Foundation.bind(listener, address, size) == 0 && listen(listener, 64) == 0
                    && getsockname(listener, address, &size) == 0
            }
        } ? UInt16(bigEndian: address.sin_port) : nil
    }

    private static func connected(to port: UInt16) -> Int32? {
        let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = loopback(port)
        let isConnected = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        return isConnected ? server : nil
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
