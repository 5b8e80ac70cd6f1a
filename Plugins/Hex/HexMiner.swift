public import PackageMining
import RecordReaders
public import RegistryDocuments
import RegistryJSON

/// Hex packages, of Erlang and Elixir: listed by the time of each package's last change, with all that there is to know.
///
/// `?search=updated_after:T` tells the packages that changed at T or later, oldest first, 100 a page, and with `page` the
/// next ones (hexpm's `repository/package.ex`, November 2026). By page alone the list is by name, and a package that is
/// removed in mid-walk makes the registry pass another one over. The names that mix reads are what the walk is held to:
/// one that it has not met is asked for, and what they have no more is withdrawn.
public struct HexMiner: EcosystemMiner {
    public typealias Cursor = KeysetListing<RegistryTime>.Cursor

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

    public func spans(of run: RunFacts, after walked: [Cursor]) -> [Cursor] { [walked.last?.next ?? Cursor()] }

    public func list(
        from start: Cursor, through session: any RegistrySession, into sink: PageSink<Cursor>
    ) async throws {
        let walk = KeysetWalk<RegistryTime>(alike: .onPages) { [apiURL] time, page in
            Request("\(apiURL)/packages?search=updated_after:\(Self.term(time))&page=\(page)")
        } read: { response in
            try response.keysetPage { try HexPackage($0).row }
        }
        let names = namesURL.map { Download($0) { ProtobufReader() } }
        try await KeysetListing(walk, heldTo: names, Self.take).run(from: start, through: session, into: sink)
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
}

extension HexMiner {
    /// Takes the names of all public packages, which mix itself reads (hexpm/specifications, `registry/names.proto`, August
    /// 2026).
    ///
    /// ```
    /// message Signed { required bytes payload = 1; optional bytes signature = 2; }
    /// message Names { repeated Package packages = 1; required string repository = 2; }
    /// message Package { required string name = 1; optional Timestamp updated_at = 3; }
    /// ```
    static func take(_ page: inout Page, _ signed: ProtobufMessage) throws {
        let names = try ProtobufMessage(signed.needed(1))
        let repository = try names.neededText(2)
        guard repository == "hexpm" else { throw RecordError(at: "names", "they are of the repository \(repository)") }
        for package in names.all(1) { page.appendUnchanged(name: try ProtobufMessage(package).neededText(1)) }
    }
}
