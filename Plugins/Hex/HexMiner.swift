public import PackageMining
import RecordReaders
import RegistryDocuments
import RegistryJSON

/// Hex packages, of Erlang and Elixir: listed by the time of each package's last change, with all that there is to know.
///
/// `?search=updated_after:T` tells the packages that changed at T or later, oldest first, 100 a page, and with `page` the
/// next ones (hexpm's `repository/package.ex`, November 2026). By page alone the list is by name, and a package that is
/// removed in mid-walk makes the registry pass another one over. The names that mix reads are what the walk is held to:
/// one that it has not met is asked for, and what they have no more is withdrawn.
public struct HexMiner: EcosystemMiner {
    public struct Cursor: Codable, Hashable, Sendable {
        var place = KeysetPlace<RegistryTime>()
        /// The state of the names that the list was held to last, and whether a walk is under way that is to be.
        var names: Validators?, isSnapshot: Bool?
        /// Before the first page with a row that cannot be read: a later walk begins there, and tells of it again.
        var unread: KeysetPlace<RegistryTime>?
    }

    public static let defaultAPIURL = "https://hex.pm/api"
    public static let defaultNamesURL = "https://repo.hex.pm/names"
    private let apiURL: String
    private let namesURL: String?

    /// - Parameter namesURL: nil for those of hex.pm, and for none of another API.
    public init(apiURL: String = HexMiner.defaultAPIURL, namesURL: String? = nil) {
        self.apiURL = bareURL(apiURL)
        self.namesURL = namesURL ?? (apiURL == HexMiner.defaultAPIURL ? HexMiner.defaultNamesURL : nil)
    }

    /// Whoever asks more than 100 times a minute is refused, and blocked at last (hexpm's `attack.ex`, November 2026).
    public var ecosystem: Ecosystem {
        let names = namesURL.map { [Registry(name: "Hex names", url: $0)] } ?? []
        return Ecosystem(
            id: "hex", platform: "Hex", fileName: "Hex", purlType: "hex",
            registries: [Registry(name: "Hex API", url: apiURL, pace: Pace(perMinute: 100))] + names)
    }

    public func spans(of run: RunFacts, after walked: [Cursor]) -> [Cursor] {
        [walked.last.map { Cursor(place: $0.unread ?? $0.place, names: $0.names) } ?? Cursor()]
    }

    /// Names are asked for first: what is published while they are walked is told by the walk.
    public func list(
        from start: Cursor, through session: any RegistrySession, into sink: PageSink<Cursor>
    ) async throws {
        var (names, validators) = (HexNames?.none, Validators?.none)
        if let namesURL {
            // Whoever goes on with a walk that is held to names needs them in any case.
            let (file, known) = (Download(namesURL) { ProtobufReader() }, start.isSnapshot == true ? nil : start.names)
            let answer = try await file.reduce(into: HexNames(), unless: known, through: session) { try $0.take($1) }
            if case .modified(let told, let state) = answer { (names, validators) = (told, state) }
            if names != nil, start.isSnapshot != true { try await sink.beginSnapshot(at: start) }
        }
        let walk = KeysetWalk<RegistryTime>(alike: .onPages) { [apiURL] time, page in
            Request("\(apiURL)/packages?search=updated_after:\(Self.term(time))&page=\(page)")
        } read: {
            try Self.page(of: $0)
        }
        var cursor = start
        cursor.isSnapshot = names.map { _ in true }
        cursor.place = try await walk.run(from: start.place, through: session) { page, place in
            if !page.problems.isEmpty { cursor.unread = cursor.unread ?? cursor.place }
            cursor.place = place
            try await sink.push(page, next: cursor)
        }
        (cursor.names, cursor.isSnapshot) = (validators, nil)
        if let names { try await sink.push(names.page, next: cursor) }
    }

    /// Looks up what only the names have.
    public func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        if package.newest.place > 0 { return .ofList(package.newest) }
        guard let name = urlSegment(package.name) else { return Resolution(.invalidName) }
        return try await session.lookUp(Request("\(apiURL)/packages/\(name)")) { response in
            let found = try response.json { try HexPackage($0) }
            if found.name != package.name { throw response.malformed("it is of \(found.name)") }
            return .ofList(found.release)
        }
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
