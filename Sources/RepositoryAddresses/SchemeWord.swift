/// A word before an address that says how to fetch it.
enum SchemeWord: Equatable {
    /// `scm:`, `https:`: says nothing about being a repository.
    case web
    /// `git:`, `git+https:`, `hg:`: says that the address is one to clone.
    case clone
    /// `ssh:`, `git+ssh:`: the same, by a shell.
    case shell
    case subversion
    /// `file:`
    case local
    /// `github:`, by its place among ``HostIndex/shorthands``.
    case host(Int)
    /// `codecommit:`, with a region behind it.
    case codeCommit

    var clues: AddressParts.Clues {
        switch self {
        case .web, .local, .host, .codeCommit: .scheme
        case .clone: [.scheme, .clone]
        case .shell: [.scheme, .clone, .shell]
        case .subversion: [.scheme, .subversion]
        }
    }

    /// Nil for bytes that are no such word, which are then a user, a host or an owner.
    init?(_ text: Span<UInt8>, _ range: Range<Int>) {
        // What most addresses begin with, before the table is gone through.
        if text.equals("https", range) {
            self = .web
            return
        }
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
                .clone, "git git+https git+http git+git http+git https+git hg hg+https hg+http bzr git+rsync"
            ),
            (.shell, "ssh git+ssh ssh+git git-ssh hg+ssh bzr+ssh"),
            (.codeCommit, "codecommit"),
            (.subversion, "svn svn+ssh svn+https svn+http cvs"),
            (.local, "file git+file hg+file link workspace"),
        ]
        return words.flatMap { meaning, list in list.split(separator: " ").map { (Array($0.utf8), meaning) } }
    }()
}
