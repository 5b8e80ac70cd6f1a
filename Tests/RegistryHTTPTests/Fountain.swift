import Foundation
import Synchronization

/// A server of one large body that notes how much it had sent when it could send no more.
final class Fountain: Sendable {
    let port: UInt16
    private let stuck = Mutex<Int?>(nil)
    private let waits: AsyncStream<Void>

    var url: String { "http://127.0.0.1:\(port)" }
    var sentWhenStuck: Int? { stuck.withLock { $0 } }

    init(mebibytes: Int) throws {
        let (listener, port) = try listeningSocket(backlog: 1)
        self.port = port
        let (waits, tell) = AsyncStream<Void>.makeStream()
        self.waits = waits
        let size = mebibytes << 20
        Thread {
            Fountain.serve(listener, size) { sent in
                self.stuck.withLock { $0 = $0 ?? sent }
                tell.yield()
            }
        }.start()
    }

    func isStuck() async {
        for await _ in waits { return }
    }

    private static func serve(_ listener: Int32, _ size: Int, _ stuck: (Int) -> Void) {
        let connection = accept(listener, nil, nil)
        close(listener)
        var request = [UInt8](repeating: 0, count: 4096)
        _ = recv(connection, &request, request.count, 0)
        var patience = timeval(tv_sec: 1, tv_usec: 0)
        setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout.size(ofValue: patience)))
        var rest = Array("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n".utf8)[...]
        let head = rest.count
        let block = [UInt8](repeating: 7, count: 1 << 16)
        var sent = 0
        while sent < head + size {
            if rest.isEmpty { rest = block[...] }
            let count = rest.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0, errno == EAGAIN {
                stuck(sent)
            } else if count < 0 {
                break
            } else {
                sent += count
                rest = rest.dropFirst(count)
            }
        }
        close(connection)
    }
}
