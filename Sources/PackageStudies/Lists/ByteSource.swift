import CLibZ
import Foundation

/// The bytes of a file, inflated where it is gzip, a piece at a time.
///
/// Whether a file is gzip is told by its first bytes, not by its name. The only file of this target with pointers.
final class ByteSource {
    private let descriptor: Int32
    private let path: String
    private var inflater: Inflater?
    private var isAtEnd = false

    init(path: String) throws {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StudyError.unreadable(path, String(cString: strerror(errno))) }
        var magic: [UInt8] = [0, 0]
        let count = pread(descriptor, &magic, 2, 0)
        guard count >= 0 else { throw StudyError.unreadable(path, String(cString: strerror(errno))) }
        if count == 2, magic == [0x1F, 0x8B] { inflater = try Inflater(path: path) }
    }

    deinit { close(descriptor) }

    /// Appends about `count` bytes; false at the end of the file.
    func read(_ count: Int, into bytes: inout [UInt8]) throws -> Bool {
        if isAtEnd { return false }
        if let inflater {
            isAtEnd = try !inflater.inflate(count, into: &bytes) { try self.readRaw($0) }
            return true
        }
        let piece = try readRaw(count)
        isAtEnd = piece.isEmpty
        bytes.append(contentsOf: piece)
        return !isAtEnd
    }

    private func readRaw(_ count: Int) throws -> [UInt8] {
        var failure: Int32 = 0
        let piece = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            let got = Foundation.read(descriptor, buffer.baseAddress, count)
            if got < 0 { failure = errno }
            filled = max(got, 0)
        }
        guard failure == 0 else { throw StudyError.unreadable(path, String(cString: strerror(failure))) }
        return piece
    }
}

/// Inflates gzip, members one after another.
private final class Inflater {
    private var stream = z_stream()
    private var input: [UInt8] = []
    private var consumed = 0
    private var isBetweenMembers = false
    private let path: String

    init(path: String) throws {
        self.path = path
        guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw StudyError.unreadable(path, "zlib could not be set up")
        }
    }

    deinit { inflateEnd(&stream) }

    /// False when the last member has ended.
    func inflate(_ count: Int, into bytes: inout [UInt8], refill: (Int) throws -> [UInt8]) throws -> Bool {
        var goesOn = true
        let piece = try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count, goesOn {
                if consumed == input.count {
                    input = try refill(1 << 18)
                    consumed = 0
                    if input.isEmpty {
                        guard isBetweenMembers else {
                            throw StudyError.unreadable(path, "the gzip file ends too early")
                        }
                        goesOn = false
                        break
                    }
                }
                filled += try step(UnsafeMutableBufferPointer(rebasing: buffer[filled...]))
            }
        }
        bytes.append(contentsOf: piece)
        return goesOn
    }

    private func step(_ output: UnsafeMutableBufferPointer<UInt8>) throws -> Int {
        if isBetweenMembers {
            inflateReset(&stream)
            isBetweenMembers = false
        }
        let status = input.withUnsafeMutableBufferPointer { buffer in
            stream.next_in = buffer.baseAddress?.advanced(by: consumed)
            stream.avail_in = UInt32(buffer.count - consumed)
            stream.next_out = output.baseAddress
            stream.avail_out = UInt32(output.count)
            return CLibZ.inflate(&stream, Z_NO_FLUSH)
        }
        consumed = input.count - Int(stream.avail_in)
        switch status {
        case Z_OK, Z_BUF_ERROR: break
        case Z_STREAM_END: isBetweenMembers = true
        default: throw StudyError.unreadable(path, "the gzip file is damaged")
        }
        return output.count - Int(stream.avail_out)
    }
}
