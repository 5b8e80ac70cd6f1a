/// The directory of a repository that an address points into.
extension HostedAddress {
    /// The one that a page of the tree shows, else the one that pip's fragment names; empty where there is none.
    func directory(_ text: Span<UInt8>, behind count: Int, _ entry: HostIndex.Entry) -> [UInt8] {
        if segments.count == count, parts.fragment.isEmpty { return [] }
        return shownDirectory(text, behind: count, entry) ?? subdirectory(text)
    }

    private func shownDirectory(_ text: Span<UInt8>, behind count: Int, _ entry: HostIndex.Entry) -> [UInt8]? {
        guard segments.count > count + 2 else { return nil }
        for verbs in entry.directories where segments.count > count + verbs.count + 1 {
            guard begins(segments[count...], with: verbs, text) else { continue }
            return Array(segments[(count + verbs.count + 1)...].map { text.copy($0) }.joined(separator: [ASCII.slash]))
        }
        return nil
    }

    /// `#egg=x&subdirectory=y`
    private func subdirectory(_ text: Span<UInt8>) -> [UInt8] {
        for index in parts.fragment where text.matches("subdirectory=", at: index) {
            let start = index + 13
            guard start < parts.fragment.upperBound else { return [] }
            let end = text.first(of: UInt8(ascii: "&"), in: start..<parts.fragment.upperBound)
            return text.copy(start..<(end ?? parts.fragment.upperBound))
        }
        return []
    }
}
