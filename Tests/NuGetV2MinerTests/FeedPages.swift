import MinerHarness
import PackageMining

/// A gallery as a test writes it: pages at their addresses.
struct FeedPages {
    let session = StubSession()

    /// The addresses that were asked for.
    var asked: [String] { session.requests }

    func set(_ url: String, xml: String) { session.set(url, Array(xml.utf8)) }

    /// A page whose packages are their IDs, with a version and a homepage where these are told: `a 1.0 https://…`
    func set(_ url: String, _ packages: String..., count: Int? = nil, next: String? = nil) {
        let entries = packages.map { package in
            let words = package.split(separator: " ").map(String.init)
            let values = zip(["Id", "Version", "ProjectUrl"], words).map { "<d:\($0)>\($1)</d:\($0)>" }
            return "<entry><title/><m:properties>\(values.joined())</m:properties></entry>"
        }
        let said = count.map { "<m:count>\($0)</m:count>" } ?? ""
        let link = next.map { "<link rel=\"next\" href=\"\($0.replacing("&", with: "&amp;"))\"/>" } ?? ""
        set(url, xml: Self.feed(said + entries.joined() + link))
    }

    static func feed(_ inside: String) -> String {
        """
        <feed xmlns="http://www.w3.org/2005/Atom" xmlns:d="http://schemas.microsoft.com/ado/2007/08/dataservices" \
        xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">\(inside)</feed>
        """
    }
}
