import MinerHarness

/// Hex's API as a test writes it: what is told of the packages that changed since a time.
struct HexAPI {
    static let url = "https://hex.test/api"
    static let beginning = "0001-01-01T00:00:00.000000Z"

    let session = StubSession()

    /// The addresses that were asked for.
    var asked: [String] { session.requests }

    static func address(_ since: String, page: Int = 1) -> String {
        "\(url)/packages?search=updated_after:\(since)&page=\(page)"
    }

    func answer(_ since: String, page: Int = 1, _ rows: [String]) {
        session.set(Self.address(since, page: page), Array("[\(rows.joined(separator: ","))]".utf8))
        // Behind the last page there are empty ones.
        session.set(Self.address(since, page: page + 1), Array("[]".utf8))
    }

    func row(_ name: String, at time: String, _ links: String = "{}") -> String {
        """
        {"name":"\(name)","updated_at":"\(time)","repository":"hexpm","latest_version":"1.0.0",\
        "latest_stable_version":null,"meta":{"description":"","licenses":[],"links":\(links),"maintainers":[]}}
        """
    }
}
