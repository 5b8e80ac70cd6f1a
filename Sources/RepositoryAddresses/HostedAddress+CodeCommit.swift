/// AWS CodeCommit (https://docs.aws.amazon.com/codecommit/latest/userguide/regions.html#regions-git).
extension HostedAddress {
    /// `/v1/repos/name` on the host of a region, or the name alone behind `codecommit::region://`.
    func codeCommit(_ entry: HostIndex.Entry, _ text: Span<UInt8>) throws(NoRepository) -> CanonicalAddress {
        var count = 1
        if parts.spokenHost == nil {
            if let bare = withoutPort(text, expecting: 3) { return try bare.codeCommit(entry, text) }
            guard begins(segments[...], with: Self.repositories, text) else { throw .hostPage }
            count = 3
        }
        guard segments.count >= count else { throw .hostOnly }
        try refuseLonger(text, than: count)
        return try Self.codeCommit(host, segments[count - 1], entry, text)
    }

    private static let repositories = [Array("v1".utf8), Array("repos".utf8)]

    /// The end point that obeys FIPS 140 serves the same repositories.
    private static func codeCommit(
        _ host: [UInt8], _ name: Range<Int>, _ entry: HostIndex.Entry?, _ text: Span<UInt8>
    ) throws(NoRepository) -> CanonicalAddress {
        let fips = Array("git-codecommit-fips.".utf8)
        let plain = host.starts(with: fips) ? Array("git-codecommit.".utf8) + host.dropFirst(fips.count) : host
        var repository = CanonicalAddress(host: plain)
        for word in repositories { repository.append(word: word) }
        try repository.append(text, name, entry, .pathName)
        return repository
    }

    /// `region.console.aws.amazon.com/codesuite/codecommit/repositories/name/browse`, or with `?region=`.
    func codeCommitConsole(_ before: Int, _ text: Span<UInt8>) throws(NoRepository) -> CanonicalAddress {
        guard segments.count >= 4, begins(segments[...], with: Self.console, text) else { throw .hostPage }
        let named = before > 0 ? Array(host[..<before]) : region(text)
        guard AWSRegion.isOne(named.span, 0..<named.count) else { throw .projectPage }
        return try Self.codeCommit(AWSRegion.gitHost(named), segments[3], nil, text)
    }

    private static let console = ["codesuite", "codecommit", "repositories"].map { Array($0.utf8) }

    private func region(_ text: Span<UInt8>) -> [UInt8] {
        for index in parts.query where text.matches("region=", at: index) {
            let start = index + 7
            var end = start
            while end < parts.query.upperBound, text[end] != UInt8(ascii: "&") { end += 1 }
            return text.copy(start..<min(max(start, end), start + 64))
        }
        return []
    }
}
