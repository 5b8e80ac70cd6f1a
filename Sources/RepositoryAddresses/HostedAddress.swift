/// An address on a host, taken apart: what each rule reads, and none changes.
struct HostedAddress: Sendable {
    let parts: AddressParts
    /// The host in lower case, as the address names it.
    let host: [UInt8]
    /// The segments of the path, without empty ones.
    let segments: [Range<Int>]

    /// The same address with other segments.
    func with(_ segments: some Sequence<Range<Int>>) -> HostedAddress {
        HostedAddress(parts: parts, host: host, segments: Array(segments))
    }

    var hasNothingBehindHost: Bool { segments.isEmpty && parts.query.isEmpty }

    /// A segment `..` leads nowhere that one could name.
    func refuseSteps(_ text: Span<UInt8>) throws(NoRepository) {
        for segment in segments where text.equals("..", segment) { throw .malformed }
    }

    /// Whether a path begins with these words.
    func begins(_ path: ArraySlice<Range<Int>>, with words: [[UInt8]], _ text: Span<UInt8>) -> Bool {
        path.count >= words.count
            && zip(path, words).allSatisfy { $0.count == $1.count && text.matches($1, at: $0.lowerBound) }
    }
}
