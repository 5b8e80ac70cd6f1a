/// How the segment of a path ends.
extension Span<UInt8> {
    /// `x.git`, and pip's `x.git@revision`.
    func endsInGit(_ segment: Range<Int>) -> Bool {
        if segment.count > 4, matches(".git", at: segment.upperBound - 4) { return true }
        guard let at = first(of: ASCII.at, in: segment), at - segment.lowerBound > 4 else { return false }
        return matches(".git", at: at - 4)
    }

    /// Where a name ends: before pip's `@revision` and what prose hangs on, without `.git`.
    func nameEnd(of segment: Range<Int>, isStrict: Bool) -> Int {
        var end = segment.upperBound
        for index in segment where Self.isCut(self[index], isStrict: isStrict) {
            end = index
            break
        }
        while end > segment.lowerBound {
            if end - segment.lowerBound >= 4, matches(".git", at: end - 4) {
                end -= 4
            } else if AddressToken.closes(self[end - 1]) {
                end -= 1
            } else {
                break
            }
        }
        return end
    }

    private static func isCut(_ byte: UInt8, isStrict: Bool) -> Bool {
        if byte == ASCII.at { return true }
        guard isStrict else { return false }
        return byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "&")
            || byte == ASCII.colon
    }
}
