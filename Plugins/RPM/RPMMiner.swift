public import PackageMining
public import RegistryDocuments
import RegistryXML

/// RPM packages: listed by a repository's metadata, which tells of everything that there is to know here.
///
/// `repodata/repomd.xml` names the repository's files and their checksums, among them `primary`, one large XML file
/// with every package. Several builds of a name make one package, with the homepage of its newest. No repository is
/// named anywhere in RPM's metadata, and none is inferred.
public struct RPMMiner: SnapshotMiner {
    /// Fedora 43 for x86_64, as an example of a large repository. The form of the address is Fedora's; a release that is
    /// no longer maintained moves to https://archives.fedoraproject.org/pub/archive/fedora/linux.
    public static let defaultRepositoryURL =
        "https://dl.fedoraproject.org/pub/fedora/linux/releases/43/Everything/x86_64/os"

    private let repositoryURL: String

    /// - Parameter repositoryURL: the folder in which `repodata` is.
    public init(repositoryURL: String = RPMMiner.defaultRepositoryURL) { self.repositoryURL = bareURL(repositoryURL) }

    public var ecosystem: Ecosystem {
        Ecosystem(
            id: "rpm", platform: "RPM", fileName: "RPM", purlType: "rpm",
            registries: [Registry(name: "RPM repository", url: repositoryURL)])
    }

    public func packages(from source: inout SnapshotSource) async throws -> SnapshotPackages {
        let indexURL = "\(repositoryURL)/repodata/repomd.xml"
        let index = try await source.index(at: indexURL) { try RepositoryIndex($0, of: repositoryURL) }
        if let time = index.time { try source.isOf(time, at: indexURL) }
        return try await source.read(index.primary, into: PrimaryPackages(at: index.primary.url)) {
            $0.take($1)
        } atEnd: {
            try $0.hold(toCount: $1.root?.attribute("packages"))
        }.packages
    }

    public func isVersion(_ a: String, newerThan b: String) -> Bool {
        RPMVersion(b) < RPMVersion(a)
    }
}
