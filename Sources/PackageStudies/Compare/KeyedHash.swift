/// 128 bits that stand for a text.
///
/// They come from SipHash-1-3 under a key drawn for each run, so nobody can write lists whose texts meet. Among 8
/// million texts, two meet by chance once in 10²⁴ runs. Nothing that is written depends on them.
struct TextKey: Hashable, Sendable {
    let high: UInt64
    let low: UInt64

    static let none = TextKey(high: 0, low: 0)

    func hash(into hasher: inout Hasher) { hasher.combine(low) }
}

/// SipHash-1-3 with 128 bits of output (https://www.aumasson.jp/siphash/siphash.pdf).
struct KeyedHash: Sendable {
    private let first: UInt64
    private let second: UInt64

    init() {
        first = .random(in: 0 ... .max)
        second = .random(in: 0 ... .max)
    }

    /// Never ``TextKey/none``. Texts of different kinds have different keys.
    func callAsFunction(_ text: Span<UInt8>, kind: UInt8 = 0) -> TextKey {
        var state = State(first, second)
        let bytes = text.bytes
        let whole = text.count & ~7
        var at = 0
        while at < whole {
            state.absorb(bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self).littleEndian)
            at &+= 8
        }
        var last = UInt64(truncatingIfNeeded: text.count) << 56 ^ UInt64(kind) << 48
        var shift: UInt64 = 0
        while at < text.count {
            last ^= UInt64(text[at]) << shift
            shift += 8
            at &+= 1
        }
        if shift > 48 { state.absorb(UInt64(kind)) }
        state.absorb(last)
        return state.finish()
    }

    private struct State {
        var v0: UInt64
        var v1: UInt64
        var v2: UInt64
        var v3: UInt64

        init(_ first: UInt64, _ second: UInt64) {
            v0 = first ^ 0x736f_6d65_7073_6575
            v1 = second ^ 0x646f_7261_6e64_6f6d ^ 0xee
            v2 = first ^ 0x6c79_6765_6e65_7261
            v3 = second ^ 0x7465_6462_7974_6573
        }

        @inline(__always) mutating func absorb(_ word: UInt64) {
            v3 ^= word
            round()
            v0 ^= word
        }

        mutating func finish() -> TextKey {
            v2 ^= 0xee
            for _ in 0..<3 { round() }
            let low = v0 ^ v1 ^ v2 ^ v3
            v1 ^= 0xdd
            for _ in 0..<3 { round() }
            return TextKey(high: v0 ^ v1 ^ v2 ^ v3, low: low | 1)
        }

        @inline(__always) private mutating func round() {
            v0 &+= v1
            v1 = Self.rotate(v1, 13) ^ v0
            v0 = Self.rotate(v0, 32)
            v2 &+= v3
            v3 = Self.rotate(v3, 16) ^ v2
            v0 &+= v3
            v3 = Self.rotate(v3, 21) ^ v0
            v2 &+= v1
            v1 = Self.rotate(v1, 17) ^ v2
            v2 = Self.rotate(v2, 32)
        }

        @inline(__always) private static func rotate(_ value: UInt64, _ count: UInt64) -> UInt64 {
            value << count | value >> (64 - count)
        }
    }
}
