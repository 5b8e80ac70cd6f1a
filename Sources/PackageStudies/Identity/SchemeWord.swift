/// A word before an address that says how to fetch it.
enum SchemeWord: Equatable {
    /// `scm:`, `https:`: says nothing about being a repository.
    case web
    /// `git:`, `ssh:`, `git+https:`, `hg:`: says that the address is one to clone.
    case clone
    case subversion
    /// `file:`
    case local
    /// `github:`, by its place among ``HostIndex/shorthands``.
    case host(Int)

    var clues: AddressParts.Clues {
        switch self {
        case .web, .local, .host: .scheme
        case .clone: [.scheme, .clone]
        case .subversion: [.scheme, .subversion]
        }
    }

    /// Nil for bytes that are no such word, which are then a user, a host or an owner.
    init?(_ text: Span<UInt8>, _ range: Range<Int>) {
        for known in Self.known where range.count == known.word.count {
            if text.matches(known.word, at: range.lowerBound) {
                self = known.meaning
                return
            }
        }
        for (index, shorthand) in HostIndex.shorthands.enumerated() where range.count == shorthand.word.count {
            if text.matches(shorthand.word, at: range.lowerBound) {
                self = .host(index)
                return
            }
        }
        return nil
    }

    private static let known: [(word: [UInt8], meaning: SchemeWord)] = {
        let words: [(SchemeWord, String)] = [
            (.web, "https http scm ftp ftps url view vcs rsync"),
            (
                .clone,
                """
                git ssh git+https git+http git+ssh git+git ssh+git http+git https+git git-ssh hg hg+https hg+http hg+ssh \
                bzr bzr+ssh git+rsync
                """
            ),
            (.subversion, "svn svn+ssh svn+https svn+http cvs"),
            (.local, "file git+file hg+file link workspace"),
        ]
        return words.flatMap { meaning, list in list.split(separator: " ").map { (Array($0.utf8), meaning) } }
    }()
}
