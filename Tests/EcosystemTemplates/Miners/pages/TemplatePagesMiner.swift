public import PackageMining
import RegistryDocuments

/// TemplatePages packages: listed page by page, by the time of each package's last change, with all that there is to know.
///
/// say where the facts about the registry come from, and when they were true.
public struct TemplatePagesMiner: EcosystemMiner {
    public struct Cursor: Codable, Hashable, Sendable {
        var place = KeysetCursor<RegistryTime>()
    }

    public static let defaultRegistryURL = "https://templatepages.example/api"

    private let registryURL: String

    public init(registryURL: String = TemplatePagesMiner.defaultRegistryURL) {
        self.registryURL = registryURL
    }

    /// say what the registry bears, with a pace, and where that stands.
    public var ecosystem: Ecosystem {
        Ecosystem(
            id: "templatepages", platform: "TemplatePages", fileName: "TemplatePages", purlType: "templatepages",
            registries: [Registry(name: "registry", url: registryURL)])
    }

    public func spans(of run: RunFacts, after walked: [Cursor]) -> [Cursor] {
        [walked.last ?? Cursor()]
    }

    public func list(
        from cursor: Cursor, through session: any RegistrySession, into sink: PageSink<Cursor>
    ) async throws {
        let url = registryURL
        let walk = KeysetWalk<RegistryTime>(alike: .onPages) { time, page in
            // say how pages are asked for: from a time on, and the next one where many packages share a time.
            Request("\(url)/packages?since=\(time?.text ?? "")&page=\(page)")
        } read: { response in
            try Self.page(of: response)
        }
        try await walk.run(from: cursor.place, through: session) { page, place in
            try await sink.push(page, next: Cursor(place: place))
        }
    }

    /// The packages of an answer, each at the time of its last change. One that cannot be read is noted, and those beside
    /// it stand: `JSONElement.entry(of:noting:_:)` of RegistryDocuments reads rows of JSON so.
    private static func page(of response: Response) throws -> KeysetPage<RegistryTime> {
        throw response.lacks("say how TemplatePages is listed")
    }
}
