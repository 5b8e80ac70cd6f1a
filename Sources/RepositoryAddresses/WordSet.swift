/// A few words in lower case, asked for by bytes of any case.
struct WordSet: Sendable {
    /// The words of each length, one behind the other.
    private var byLength: [[UInt8]] = []

    init(_ words: Set<String>) {
        for word in words.sorted() {
            while byLength.count <= word.utf8.count { byLength.append([]) }
            byLength[word.utf8.count].append(contentsOf: word.utf8)
        }
    }

    func contains(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard !range.isEmpty, range.count < byLength.count else { return false }
        let words = byLength[range.count]
        let first = ASCII.lower(text[range.lowerBound])
        for start in stride(from: 0, to: words.count, by: range.count) where words[start] == first {
            if text.matches(words.span.extracting(start..<start + range.count), at: range.lowerBound) { return true }
        }
        return false
    }
}
