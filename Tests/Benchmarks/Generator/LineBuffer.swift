import Foundation

/// Bytes on their way to a file, written a few megabytes at a time.
struct LineBuffer: ~Copyable {
    private let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: LineBuffer.capacity)
    private var count = 0
    private let file: Int32

    private static let capacity = 8 << 20
    private static let longestLine = 4 << 10

    init(_ path: String) {
        file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { fail("\(path): \(String(cString: strerror(errno)))") }
    }

    deinit {
        close(file)
        bytes.deallocate()
    }

    /// Writes what has gathered, once it is much.
    mutating func endLine() {
        if count > LineBuffer.capacity - LineBuffer.longestLine { flush() }
    }

    mutating func flush() {
        var written = 0
        while written < count {
            let step = write(file, bytes + written, count - written)
            guard step > 0 else { fail("cannot write: \(String(cString: strerror(errno)))") }
            written += step
        }
        count = 0
    }

    mutating func append(byte: UInt8) {
        bytes[count] = byte
        count += 1
    }

    mutating func append(_ text: StaticString) {
        memcpy(bytes + count, text.utf8Start, text.utf8CodeUnitCount)
        count += text.utf8CodeUnitCount
    }

    mutating func append(number: Int) {
        var digits = 1
        var rest = number
        while rest >= 10 { (rest, digits) = (rest / 10, digits + 1) }
        append(number: number, digits: digits)
    }

    /// Appends a number with leading zeros.
    mutating func append(number: Int, digits: Int) {
        var rest = number
        for place in stride(from: count + digits - 1, through: count, by: -1) {
            bytes[place] = UInt8(48 + rest % 10)
            rest /= 10
        }
        count += digits
    }

    mutating func append(hex number: UInt64, digits: Int) {
        for place in 0..<digits { append(byte: digit(Int(number >> (4 * place) & 15))) }
    }

    mutating func append(base36 number: Int) {
        var rest = number
        repeat {
            append(byte: digit(rest % 36))
            rest /= 36
        } while rest > 0
    }

    private func digit(_ value: Int) -> UInt8 {
        UInt8(value < 10 ? 48 + value : 87 + value)
    }
}

func fail(_ message: String) -> Never {
    FileHandle.standardError.write(Data("error: \(message)\n".utf8))
    exit(1)
}
