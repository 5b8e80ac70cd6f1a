import Foundation
import Synchronization

/// A file that only its owner may read, open for appending.
final class PrivateFile: Sendable {
    let name: String
    private let descriptor: Mutex<Int32>

    init(appendingTo path: String, name: String) throws {
        self.name = name
        let opened = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
        if opened < 0 { throw RecordingError("\(path) cannot be written: \(String(cString: strerror(errno)))") }
        descriptor = Mutex(opened)
    }

    deinit {
        close()
    }

    func write(_ bytes: [UInt8]) throws {
        try descriptor.withLock { descriptor in
            var start = 0
            while start < bytes.count {
                let written = bytes.withUnsafeBytes { all in
                    Foundation.write(descriptor, all.baseAddress! + start, all.count - start)
                }
                if written < 0, errno == EINTR { continue }
                if written < 0 { throw RecordingError("\(name): \(String(cString: strerror(errno)))") }
                start += written
            }
        }
    }

    func close() {
        descriptor.withLock { descriptor in
            if descriptor >= 0 { _ = Foundation.close(descriptor) }
            descriptor = -1
        }
    }
}
