public import PackageMining
import RecordReaders
import RegistryDocuments

/// TemplateDump packages: listed by one file, which tells of everything that there is to know here.
///
/// say where the facts about the registry come from, and when they were true.
public struct TemplateDumpMiner: EcosystemMiner {
    /// say what tells that the file is another one than the last, and keep it here.
    public struct Cursor: Codable, Hashable, Sendable {}

    public static let defaultRegistryURL = "https://templatedump.example/packages.csv.gz"

    private let registryURL: String

    public init(registryURL: String = TemplateDumpMiner.defaultRegistryURL) {
        self.registryURL = registryURL
    }

    /// say what the registry bears, with a pace, and where that stands.
    public var ecosystem: Ecosystem {
        Ecosystem(
            id: "templatedump", platform: "TemplateDump", fileName: "TemplateDump", purlType: "templatedump",
            registries: [Registry(name: "dump", url: registryURL)])
    }

    public func spans(of run: RunFacts, after walked: [Cursor]) -> [Cursor] {
        [walked.last ?? Cursor()]
    }

    /// The file is read whole before any of it is handed over: only its end proves it.
    public func list(
        from cursor: Cursor, through session: any RegistrySession, into sink: PageSink<Cursor>
    ) async throws {
        let file = Download(registryURL) { CSVReader(columns: ["name", "homepage", "repository"]) }
        let page = try await file.reduce(into: Page(), through: session) { page, row in
            try Self.take(row, into: &page)
        }
        try await sink.beginSnapshot()
        try await sink.push(page, next: cursor)
    }

    /// Adds a package, or notes a record that cannot be read.
    private static func take(_ row: FieldRow, into page: inout Page) throws {
        throw RecordError(at: "the file", "say how TemplateDump is listed")
    }
}
