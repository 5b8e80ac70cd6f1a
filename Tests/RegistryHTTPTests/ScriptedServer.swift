import Foundation
import Synchronization

/// A server on loopback that answers each request with the bytes that the test gives, and then closes the connection.
final class ScriptedServer: Sendable {
    /// What to send for a request, given its text and its number from 1; nothing to leave it without an answer.
    typealias Script = @Sendable (_ request: String, _ number: Int) -> [UInt8]?

    /// What becomes of a connection behind its answer.
    enum Ending {
        case closed
        /// It stays open, and nothing more comes.
        case held
        /// A TCP reset, which also drops what is unsent.
        case reset
    }

    let port: UInt16
    private let listener: Int32
    private let seen = Mutex<[String]>([])
    private let silent = Mutex<[Int32]>([])
    private let ending: @Sendable (Int) -> Ending

    var url: String { "http://127.0.0.1:\(port)" }
    var requests: [String] { seen.withLock { $0 } }

    /// - Parameter ending: what becomes of the connection of the n-th request.
    init(_ script: @escaping Script, ending: @escaping @Sendable (_ number: Int) -> Ending = { _ in .closed }) throws {
        self.ending = ending
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        port = try boundPort(listener)
        guard listen(listener, 512) == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        Thread { [weak self] in
            while true {
                let connection = accept(listener, nil, nil)
                if connection < 0 { return }
                guard let self else {
                    close(connection)
                    return
                }
                self.serve(connection, script)
            }
        }.start()
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        silent.withLock { $0.forEach { close($0) } }
    }

    private func serve(_ connection: Int32, _ script: Script) {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !bytes.suffix(4).elementsEqual([13, 10, 13, 10]) {
            let count = recv(connection, &buffer, buffer.count, 0)
            if count <= 0 { break }
            bytes += buffer[..<count]
        }
        let request = String(decoding: bytes, as: UTF8.self)
        let number = seen.withLock { seen in
            seen.append(request)
            return seen.count
        }
        guard let answer = script(request, number) else {
            silent.withLock { $0.append(connection) }
            return
        }
        var sent = 0
        while sent < answer.count {
            let count = answer.withUnsafeBytes {
                send(connection, $0.baseAddress! + sent, answer.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { break }
            sent += count
        }
        switch ending(number) {
        case .closed: close(connection)
        case .held: silent.withLock { $0.append(connection) }
        case .reset: reset(connection)
        }
    }

    private func reset(_ connection: Int32) {
        var now = linger(l_onoff: 1, l_linger: 0)
        setsockopt(connection, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout.size(ofValue: now)))
        close(connection)
    }
}

/// An answer's bytes. A length is added unless `fields` names one, or how the body ends.
func answer(_ status: Int, _ fields: [String] = [], _ body: [UInt8] = []) -> [UInt8] {
    let isFramed = fields.contains { $0.hasPrefix("Content-Length") || $0.hasPrefix("Transfer-Encoding") }
    let length = isFramed ? [] : ["Content-Length: \(body.count)"]
    let lines = ["HTTP/1.1 \(status) X", "Connection: close"] + fields + length
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
}

/// Binds a socket to a free port of this machine.
private func boundPort(_ socket: Int32) throws -> UInt16 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { place in
            bind(socket, place, size) == 0 && getsockname(socket, place, &size) == 0
        }
    }
    guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
    return UInt16(bigEndian: address.sin_port)
}

/// A port at which nobody answers. It is held, so that no server of another test gets it.
final class DownPort: Sendable {
    let url: String
    private let holder: Int32

    init() throws {
        holder = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        url = "http://127.0.0.1:\(try boundPort(holder))"
    }

    deinit { close(holder) }
}
