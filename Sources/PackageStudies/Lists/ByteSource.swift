import ContentInflation
import Foundation

/// The bytes of a file or a pipe, inflated where they are gzip, a piece at a time.
///
/// Whether they are gzip is told by the first of them, not by a name.
final class ByteSource {
    /// What is read, as it is told to the user.
    let path: String
    private let descriptor: Int32
    private var inflater: Inflater?
    private var hasBegun = false
    private var isAtEnd = false

    /// - Parameter isReadOnce: whether it may be a pipe, which can be read once only.
    init(path: String, isReadOnce: Bool = false) throws {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0, isReadOnce || lseek(descriptor, 0, SEEK_CUR) == 0 else {
            throw StudyError.unreadable(path, String(cString: strerror(errno)))
        }
    }

    private init(standardInput descriptor: Int32) {
        path = "standard input"
        self.descriptor = descriptor
    }

    static func standardInput() throws -> ByteSource {
        let descriptor = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
        guard descriptor >= 0 else {
            throw StudyError.unreadable("standard input", String(cString: strerror(errno)))
        }
        return ByteSource(standardInput: descriptor)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Whether bytes, or the end, can be had without waiting for whoever writes them.
    var isReady: Bool {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return isAtEnd || poll(&wanted, 1, 0) != 0
    }

    /// Appends about `count` bytes; false at the end of the file.
    func read(_ count: Int, into bytes: inout [UInt8]) throws -> Bool {
        if isAtEnd { return false }
        if !hasBegun { return try begin(count, &bytes) }
        guard let inflater else {
            let piece = try readRaw(count)
            isAtEnd = piece.isEmpty
            bytes.append(contentsOf: piece)
            return !isAtEnd
        }
        do {
            isAtEnd = try !inflate(inflater, until: bytes.count + count, into: &bytes)
        } catch let error as InflationError {
            throw StudyError.unreadable(path, error.description)
        }
        return true
    }

    private func begin(_ count: Int, _ bytes: inout [UInt8]) throws -> Bool {
        var first = try readRaw(count)
        while first.count == 1 {
            let next = try readRaw(count)
            if next.isEmpty { break }
            first += next
        }
        hasBegun = true
        guard first.starts(with: [0x1F, 0x8B]) else {
            isAtEnd = first.isEmpty
            bytes.append(contentsOf: first)
            return !isAtEnd
        }
        let inflater = Inflater()
        inflater.feed(first)
        self.inflater = inflater
        return try read(count, into: &bytes)
    }

    /// False when the last member has ended.
    private func inflate(_ inflater: Inflater, until end: Int, into bytes: inout [UInt8]) throws -> Bool {
        while bytes.count < end {
            if let piece = try inflater.next() {
                bytes.append(contentsOf: piece)
                continue
            }
            let packed = try readRaw(1 << 18)
            guard packed.isEmpty else {
                inflater.feed(packed)
                continue
            }
            while let piece = try inflater.finish() { bytes.append(contentsOf: piece) }
            return false
        }
        return true
    }

    private func readRaw(_ count: Int) throws -> [UInt8] {
        var failure: Int32 = 0
        let piece = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            var got = Foundation.read(descriptor, buffer.baseAddress, count)
            while got < 0, errno == EINTR { got = Foundation.read(descriptor, buffer.baseAddress, count) }
            if got < 0 { failure = errno }
            filled = max(got, 0)
        }
        guard failure == 0 else { throw StudyError.unreadable(path, String(cString: strerror(failure))) }
        return piece
    }
}
