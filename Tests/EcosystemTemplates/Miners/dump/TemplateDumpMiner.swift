public import PackageMining
import RecordReaders
public import RegistryDocuments

/// TemplateDump packages: listed by one file, which tells of everything that there is to know here.
///
/// say where the facts about the registry come from, and when they were true.
public struct TemplateDumpMiner: SnapshotMiner {
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

    public func packages(from source: inout SnapshotSource) async throws -> SnapshotPackages {
        let file = Download(registryURL) { CSVReader(columns: ["name", "homepage", "repository"]) }
        return try await source.read(file, into: SnapshotPackages()) { packages, row in
            try Self.take(row, into: &packages)
        }
    }

    /// Adds a package, or notes a record that cannot be read.
    private static func take(_ row: FieldRow, into packages: inout SnapshotPackages) throws {
        throw RecordError(at: "the file", "say how TemplateDump is listed")
    }
}
