/// A page by where it lies in a list.
public struct PageWindow: Hashable, Sendable {
    /// How many rows lie before it.
    public let offset: Int

    /// How many rows it takes.
    public let size: Int

    /// Its number among the pages of its size, counted from 1.
    public var number: Int { offset / size + 1 }

    fileprivate var end: Int { offset + size }
}

/// How the pages of a list are asked for.
public enum Paging: Hashable, Sendable {
    /// A page begins at any row, and takes so many rows at most.
    case byOffset(ofMost: Int)

    /// Pages are numbered, and a request says how many rows one takes: so many at most.
    case byNumber(ofMost: Int)

    /// Pages are numbered, and take so many rows each, whatever is asked for. Twice the requests: each page is asked for
    /// again behind the one after it.
    case bySetNumber(of: Int)

    var size: Int {
        switch self {
        case .byOffset(let size), .byNumber(let size), .bySetNumber(let size): max(1, size)
        }
    }

    /// Pages with the rows from `next` on, and up to `overlap` rows before these, in the order in which they are to be
    /// asked for: rows that move up meanwhile are then met in the one or the other.
    ///
    /// - Parameter longest: the most rows that a page had, which is what the server bears. It shows the seam and a row
    ///   behind it on any page that is asked for.
    package func windows(from next: Int, overlap: Int, longest: Int) -> [PageWindow] {
        if next == 0 { return [PageWindow(offset: 0, size: size)] }
        switch self {
        case .bySetNumber: return pair(from: next, of: size)
        case .byOffset:
            let overlap = min(overlap, longest - 1, size - 1, next)
            return overlap > 0 ? [PageWindow(offset: next - overlap, size: size)] : pair(from: next, of: 1)
        case .byNumber:
            let sizes = 1...max(1, min(longest, size))
            for overlap in stride(from: min(overlap, next), to: 0, by: -1) {
                let window = sizes.map { PageWindow(offset: (next - overlap) / $0 * $0, size: $0) }
                    .max { ($0.end, $1.size) < ($1.end, $0.size) }
                if let window, window.end > next { return [window] }
            }
            return pair(from: next, of: sizes.last { next % $0 == 0 } ?? 1)
        }
    }

    /// The page that begins with a row, and the one before it.
    private func pair(from row: Int, of size: Int) -> [PageWindow] {
        [PageWindow(offset: row, size: size), PageWindow(offset: row - size, size: size)]
    }

    /// The page before a row.
    func window(before row: Int) -> PageWindow {
        PageWindow(offset: (row - 1) / size * size, size: size)
    }
}
