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
        mark()
        writeHolder()
    }

    /// What the file says of the process that holds the state now; nil where none does. It asks and takes nothing, so
    /// that no run is kept from beginning.
    static func holder(of file: String) -> String? {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var mark = wholeFile
        guard fcntl(descriptor, askForMark, &mark) == 0, mark.l_type != Int16(F_UNLCK) else { return nil }
        return holder(descriptor)
    }

    /// Nobody can ask for the lock itself without trying to take it. A second one, of the other kind, can be asked for
    /// (https://man7.org/linux/man-pages/man2/fcntl_locking.2.html); it keeps nobody out.
    private func mark() {
        var mark = StateLock.wholeFile
        _ = fcntl(descriptor, setMark, &mark)
    }

    private static var wholeFile: Foundation.flock {
        var lock = Foundation.flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        return lock
    }

    deinit {
        // The lock goes with the descriptor. The file stays: removing it could take another run's lock away.
        // It is given back by name: a child process that is being started may hold a copy of the descriptor.
        ftruncate(descriptor, 0)
        var mark = StateLock.wholeFile
        mark.l_type = Int16(F_UNLCK)
        _ = fcntl(descriptor, setMark, &mark)
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

#if os(Linux)
    // F_OFD_SETLK and F_OFD_GETLK of linux/fcntl.h: a lock of the open file, as the lock itself is. One of the process
    // would end when any descriptor of the file is closed.
    private let (setMark, askForMark): (Int32, Int32) = (37, 36)
#else
    private let (setMark, askForMark) = (F_SETLK, F_GETLK)
#endif

/// The last error of the operating system, in words.
func systemError() -> String {
    String(cString: strerror(errno))
}
