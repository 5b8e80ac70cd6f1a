import ContentInflation
import Foundation

/// The bytes of a file, inflated where it is gzip, a piece at a time.
///
/// Whether a file is gzip is told by its first bytes, not by its name.
final class ByteSource {
    private let descriptor: Int32
    private let path: String
    private let inflater: Inflater?
    private var isAtEnd = false

    init(path: String) throws {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StudyError.unreadable(path, String(cString: strerror(errno))) }
        var magic: [UInt8] = [0, 0]
        let count = pread(descriptor, &magic, 2, 0)
        let reason = String(cString: strerror(errno))
        inflater = count == 2 && magic == [0x1F, 0x8B] ? Inflater() : nil
        guard count >= 0 else { throw StudyError.unreadable(path, reason) }
    }

    deinit { close(descriptor) }

    /// Appends about `count` bytes; false at the end of the file.
    func read(_ count: Int, into bytes: inout [UInt8]) throws -> Bool {
        if isAtEnd { return false }
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
