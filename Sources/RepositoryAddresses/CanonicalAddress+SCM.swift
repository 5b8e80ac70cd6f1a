/// `/scm/key/name.git`, as Bitbucket Server has it on hosts that nobody has described.
extension CanonicalAddress {
    /// The same with its case folded where it is such an address, whichever way it was come to: Bitbucket Server has none.
    ///
    /// SCM-Manager, which keeps the case of names, has the kind of the repository in the key's place.
    var foldedAsSCM: CanonicalAddress {
        let path = host.upperBound..<bytes.count
        guard Self.isSCM(bytes.span, path) else { return self }
        var folded = self
        folded.fold(path)
        return folded
    }

    private static func isSCM(_ span: Span<UInt8>, _ path: Range<Int>) -> Bool {
        let context = contexts.first { span.matches($0, at: path.lowerBound) }
        let start = path.lowerBound + (context?.count ?? 0)
        guard span.matches("/scm/", at: start) else { return false }
        let names = start + 5..<path.upperBound
        guard let slash = span.first(of: ASCII.slash, in: names) else { return false }
        return span.first(of: ASCII.slash, in: slash + 1..<names.upperBound) == nil
            && !systems.contains(span, names.lowerBound..<slash)
    }

    private static let contexts = ["/bitbucket", "/stash"].map { Array($0.utf8) }
    private static let systems = WordSet(["git", "hg", "svn", "repo"])
}
