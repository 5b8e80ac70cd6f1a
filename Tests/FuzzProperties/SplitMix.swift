/// A small generator, so that a failure comes again.
public struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    public init(state: UInt64) { self.state = state }

    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    public mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }

    public mutating func mutated(_ one: String, _ other: String) -> String {
        var bytes = Array(one.utf8)
        for _ in 0...below(4) {
            let place = below(bytes.count + 1)
            switch below(6) {
            case 0: bytes.insert(Array("/:@.#?%-~+ []git\"\\".utf8)[below(17)], at: place)
            case 1: if place < bytes.count { bytes.remove(at: place) }
            case 2: bytes.insert(UInt8(truncatingIfNeeded: next()), at: place)
            case 3: bytes.insert(contentsOf: Array(other.utf8).prefix(below(20)), at: place)
            case 4:
                bytes.insert(
                    contentsOf: Array([".git", "://", "/../", "/-/", "%2F", "%67", "@v1", "?p=x"][below(8)].utf8),
                    at: place)
            default: bytes = Array(bytes.prefix(place)) + Array(other.utf8).suffix(below(30))
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
