import Foundation
import PackageMining

/// Holds a state for one process, until it is given back or the process ends, however it ends.
final class StateLock: Sendable {
    private let descriptor: Int32

    /// - Throws: `StateError.locked` with the process that holds it.
    init(_ file: String) throws {
        // Kept aside until it is held: a class that throws with all its properties set still runs its deinit, which
        // would close the number a second time, when it may belong to another file.
        let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StateError.unusable(file: file, reason: systemError()) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = StateLock.holder(descriptor)
            close(descriptor)
            throw StateError.locked(file: file, holder: holder)
        }
        self.descriptor = descriptor
        writeHolder()
    }

    deinit {
        // The lock goes with the descriptor. The file stays: removing it could take another run's lock away.
        // It is given back by name: a child process that is being started may hold a copy of the descriptor.
        ftruncate(descriptor, 0)
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    private func writeHolder() {
        let holder = "process \(getpid()) on \(ProcessInfo.processInfo.hostName), since \(Date.now.ISO8601Format())"
        ftruncate(descriptor, 0)
        _ = holder.utf8CString.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count - 1, 0) }
    }

    private static func holder(_ descriptor: Int32) -> String {
        var text = [UInt8](repeating: 0, count: 300)
        let count = pread(descriptor, &text, text.count, 0)
        return count > 0 ? String(decoding: text[..<count], as: UTF8.self) : "another process"
    }
}

/// The last error of the operating system, in words.
func systemError() -> String {
    String(cString: strerror(errno))
}
