public import PackageMining
import RegistryDocuments

/// TemplateFeed packages: listed by a feed of what happened, looked up at a document of each package.
///
/// say where the facts about the registry come from, and when they were true.
public struct TemplateFeedMiner: EcosystemMiner {
    public struct Cursor: Codable, Hashable, Sendable {
        /// The number of the last event taken.
        var last: Int64 = 0
    }

    /// A page of the feed, and the number of its last event; nil where it has none.
    private struct Events: Sendable {
        var page = Page()
        var last: Int64?
    }

    public static let defaultRegistryURL = "https://templatefeed.example/api"

    private let registryURL: String

    public init(registryURL: String = TemplateFeedMiner.defaultRegistryURL) {
        self.registryURL = registryURL
    }

    /// say what the registry bears, with a pace, and where that stands.
    public var ecosystem: Ecosystem {
        Ecosystem(
            id: "templatefeed", platform: "TemplateFeed", fileName: "TemplateFeed", purlType: "templatefeed",
            registries: [Registry(name: "registry", url: registryURL)])
    }

    public func spans(of run: RunFacts, after walked: [Cursor]) -> [Cursor] {
        [walked.last ?? Cursor()]
    }

    /// An answer without events is the end when it was given twice.
    public func list(
        from cursor: Cursor, through session: any RegistrySession, into sink: PageSink<Cursor>
    ) async throws {
        var cursor = cursor
        var emptyAnswers = 0
        while emptyAnswers < 2 {
            let events = try await session.fetch(Request("\(registryURL)/changes?after=\(cursor.last)")) { response in
                try Self.events(in: response)
            }
            guard let last = events.last else {
                emptyAnswers += 1
                continue
            }
            emptyAnswers = 0
            cursor.last = last
            try await sink.push(events.page, next: cursor)
        }
    }

    /// The events of an answer, each at its number. One that cannot be read is noted, and those beside it stand.
    private static func events(in response: Response) throws -> Events {
        throw response.lacks("say how TemplateFeed is listed")
    }

    public func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        // say how a name is escaped, if not by the rule of URLs.
        guard let name = urlSegment(package.name) else { return Resolution(.invalidName) }
        return try await session.lookUp(Request("\(registryURL)/packages/\(name)")) { response in
            return try Self.links(in: response)
        }
    }

    /// The homepage and the repository in a package's document.
    private static func links(in response: Response) throws -> Resolution {
        throw response.lacks("say how a package of TemplateFeed is looked up")
    }
}
