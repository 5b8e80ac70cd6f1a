public import PackageMining
import RegistryDocuments
import RegistryJSON

/// Hex packages, of Erlang and Elixir: listed by the time of each package's last change, with all that there is to know.
///
/// `?search=updated_after:T` tells the packages that changed at T or later, oldest first, 100 a page, and with `page` the
/// next ones (hexpm's `repository/package.ex`, November 2026). By page alone the list is by name, and a package that is
/// removed in mid-walk makes the registry pass another one over. What was deleted is not told: it stays in the list.
public struct HexMiner: EcosystemMiner {
    public struct Cursor: Codable, Hashable, Sendable {
        var place = KeysetPlace<RegistryTime>()
    }

    public static let defaultAPIURL = "https://hex.pm/api"
    private let apiURL: String

    public init(apiURL: String = HexMiner.defaultAPIURL) { self.apiURL = bareURL(apiURL) }

    /// Whoever asks more than 100 times a minute is refused, and blocked at last (hexpm's `attack.ex`, November 2026).
    public var ecosystem: Ecosystem {
        Ecosystem(
            id: "hex", platform: "Hex", fileName: "Hex", purlType: "hex",
            registries: [Registry(name: "Hex API", url: apiURL, pace: Pace(perMinute: 100))])
    }

    public func spans(of run: RunFacts, after walked: [Cursor]) -> [Cursor] { [walked.last ?? Cursor()] }

    public func list(
        from cursor: Cursor, through session: any RegistrySession, into sink: PageSink<Cursor>
    ) async throws {
        let walk = KeysetWalk<RegistryTime>(alike: .onPages) { [apiURL] time, page in
            Request("\(apiURL)/packages?search=updated_after:\(Self.term(time))&page=\(page)")
        } read: {
            try Self.page(of: $0)
        }
        try await walk.run(from: cursor.place, through: session) { try await sink.push($0, next: Cursor(place: $1)) }
    }

    /// The server takes a time in UTC that ends in `Z`. With any other it answers with the first page by name, for ever.
    private static func term(_ time: RegistryTime?) -> String {
        time?.text.replacing("+00:00", with: "Z") ?? "0001-01-01T00:00:00.000000Z"
    }

    /// A row that cannot be read is named, and those beside it stand.
    private static func page(of response: Response) throws -> KeysetPage<RegistryTime> {
        guard let rows = try response.json(having: .array("")).elements(at: "") else {
            throw response.malformed("no list of packages")
        }
        // A row is one problem, on whichever page it is met.
        let list = String(response.url.prefix { $0 != "?" })
        var page = KeysetPage<RegistryTime>()
        for row in rows {
            if let package = row.entry(of: list, noting: &page, { try HexPackage($0) }) {
                page.append(at: package.updated, name: package.name, package.release)
            }
        }
        return page
    }
}
