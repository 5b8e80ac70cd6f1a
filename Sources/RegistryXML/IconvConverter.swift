#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Text of any encoding that the system's iconv knows.
final class IconvConverter: TextConverter {
    private let descriptor: iconv_t
    private let name: String
    private let replacesIllFormedBytes: Bool
    private var rest: [UInt8] = []

    init(from name: String, replacesIllFormedBytes: Bool) throws {
        self.name = String(name.prefix(40))
        self.replacesIllFormedBytes = replacesIllFormedBytes
        // A slash would hand iconv instructions.
        let isName = name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x2F }
        guard isName, let descriptor = iconv_open("UTF-8", name), descriptor != iconv_t(bitPattern: -1) else {
            throw UndecodableBytes(reason: "the encoding '\(self.name)' is not known")
        }
        self.descriptor = descriptor
    }

    deinit {
        iconv_close(descriptor)
    }

    func convert(_ bytes: ArraySlice<UInt8>) throws -> ArraySlice<UInt8> {
        var input = rest + bytes
        var output: [UInt8] = []
        var taken = 0
        while taken < input.count {
            let error = convertOnce(&input, from: &taken, into: &output)
            if error == EILSEQ {
                try replace(&output)
                taken += 1
            } else if error != 0 {
                break
            }
        }
        rest = Array(input[taken...])
        return replacesIllFormedBytes ? output[...].withReplacements : output[...]
    }

    func finish() throws -> ArraySlice<UInt8> {
        var output: [UInt8] = []
        if !rest.isEmpty { try replace(&output) }
        rest = []
        return output[...]
    }

    private func replace(_ output: inout [UInt8]) throws {
        guard replacesIllFormedBytes else { throw UndecodableBytes(reason: "bytes that are no text in \(name)") }
        output += [0xEF, 0xBF, 0xBD]
    }

    /// Returns the error that ended the conversion, 0 where there was none or the output was full.
    private func convertOnce(_ input: inout [UInt8], from taken: inout Int, into output: inout [UInt8]) -> Int32 {
        var error: Int32 = 0
        let start = taken
        var left = input.count - start
        let room = 4 * left + 16
        output += [UInt8](unsafeUninitializedCapacity: room) { target, written in
            var targetLeft = room
            input.withUnsafeMutableBytes { source in
                var from = source.baseAddress.map { $0.assumingMemoryBound(to: CChar.self) + start }
                target.withMemoryRebound(to: CChar.self) { target in
                    var to = target.baseAddress
                    if iconv(descriptor, &from, &left, &to, &targetLeft) == -1 { error = errno }
                }
            }
            written = room - targetLeft
        }
        taken = input.count - left
        return error == E2BIG ? 0 : error
    }
}
