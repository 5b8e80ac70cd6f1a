import PackageMining

/// Where a walk along links stands: what a cursor keeps of a ``LinkedWalk``. Of addresses it has path and query alone.
public struct LinkedCursor: Codable, Hashable, Sendable {
    /// The page that is asked for next; nil at the beginning, and behind the last one.
    private(set) var next: String?

    private(set) var pages = 0

    /// A page that was met, by which a circle is found.
    private var mark: String?

    /// Which walk this is, counted from 1.
    private let walk: Int

    private var unreadable = 0

    /// The least and the largest number of packages that a page has said there are.
    private var fewest: Int?
    private var most: Int?

    public init() { self.init(walk: 1) }

    private init(walk: Int) { self.walk = walk }

    var isAtEnd: Bool { pages > 0 && next == nil }

    /// The beginning of the same walk, and of the next one.
    var begunAnew: LinkedCursor { LinkedCursor(walk: walk) }
    var walkedAgain: LinkedCursor { LinkedCursor(walk: walk + 1) }

    /// Whether another walk may come to the number that the list tells.
    var mayBeWalkedAgain: Bool { walk == 1 && most != nil }

    /// The place behind a page.
    ///
    /// - Parameters:
    ///   - asked: the page's path and query.
    ///   - next: where it leads.
    func behind(_ page: LinkedPage, at asked: String, leadingTo next: String?) throws(WalkStandstill) -> LinkedCursor {
        var place = self
        // After Brent: however long a circle is, a page of it is marked one day, and met again.
        if pages & (pages - 1) == 0 { place.mark = asked }
        if let next, next == place.mark {
            throw WalkStandstill(reason: "its link to the next page leads in a circle, to \(next)")
        }
        (place.next, place.pages) = (next, pages + 1)
        place.unreadable += page.page.problems.count
        if let total = page.total {
            (place.fewest, place.most) = (min(fewest ?? total, total), max(most ?? total, total))
        }
        return place
    }

    /// How the number that the list tells differs from the packages that were met; nil where it does not.
    func contradiction(to told: Int) -> String? {
        let met = told + unreadable
        guard let fewest, let most else { return "it does not say how many packages it has, and \(met) were met" }
        if fewest == met, most == met { return nil }
        let total = fewest == most ? "\(most)" : "\(fewest) and then \(most)"
        return "it says that it has \(total) packages, and \(met) were met"
    }
}
