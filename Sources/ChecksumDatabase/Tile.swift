/// A tile of the tree: a file of 256 records, or of 256 hashes of its level.
///
/// A hash of level 0 is a record's, one of level 1 the root over 256 records, and so on, 256 times as many a level.
package struct Tile: Hashable, Sendable {
    package enum Level: Hashable, Sendable {
        case data
        case hashes(Int)
    }

    package static let width = 256

    package let level: Level
    package let number: Int

    /// How many of its 256 it has.
    package let count: Int

    package init(_ level: Level, _ number: Int, count: Int = Tile.width) {
        self.level = level
        self.number = number
        self.count = count
    }

    package var isWhole: Bool { count == Tile.width }

    /// The whole tile, which the client has to ask for where a part of it is not there any more.
    package var whole: Tile { Tile(level, number) }

    /// `tile/8/data/x001/234`, and `.p/17` behind it where it is not whole.
    package var path: String {
        let level =
            switch self.level {
            case .data: "data"
            case .hashes(let level): String(level)
            }
        return "tile/8/\(level)/\(Tile.digits(number))" + (isWhole ? "" : ".p/\(count)")
    }

    /// In groups of three digits, all but the last behind an `x`.
    private static func digits(_ number: Int) -> String {
        let digits = String(number % 1_000)
        var text = String(repeating: "0", count: 3 - digits.count) + digits
        var rest = number / 1_000
        while rest > 0 {
            let digits = String(rest % 1_000)
            text = "x" + String(repeating: "0", count: 3 - digits.count) + digits + "/" + text
            rest /= 1_000
        }
        return text
    }
}
