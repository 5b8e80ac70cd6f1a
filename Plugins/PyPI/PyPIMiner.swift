import Foundation
public import PackageMining
import PythonFormats
public import RegistryDocuments

/// Packages of PyPI, or of another Python index: listed by the simple index, looked up in the JSON API beside it.
///
/// The index is one answer with every project (PEP 691; HTML of PEP 503 where a server has no other). In JSON it tells
/// the serial of each project's last change, which is kept as its version: what has another one is looked up again. Where
/// there is none, everything is, since nobody says what has changed.
public struct PyPIMiner: SnapshotMiner {
    let indexURL: String

    /// - Parameter indexURL: the folder of the simple index, as pip's `--index-url` has it.
    public init(indexURL: String) { self.indexURL = bareURL(indexURL) }

    /// PyPI has no limit and asks for requests in series over a long time rather than thousands in minutes
    /// (warehouse's own documentation, August 2026): ten a second bring 725,000 projects in 20 hours.
    public var ecosystem: Ecosystem {
        Ecosystem(
            id: "pypi", platform: "PyPI", fileName: "PyPI", purlType: "pypi",
            registries: [Registry(name: "simple index", url: indexURL, pace: Pace(perMinute: 600))])
    }

    public func packages(from source: inout SnapshotSource) async throws -> SnapshotPackages {
        let url = indexURL + "/"
        var file = Download(url) { SimpleIndexReader() }
        // Who knows serials would take every project of a list without them for changed.
        file.mediaTypes = source.known.serial == nil ? SimpleAPI.types : [SimpleAPI.json]
        let index = SimpleIndex(at: urlWithoutCredentials(url), in: source.now.formatted(.iso8601))
        let read = try await source.read(file, into: index) {
            $0.take($1)
        } atEnd: {
            try $0.hold(to: $1)
        }
        if let serial = read.serial { try source.isOf(serial, at: url) } else { source.tellsNoChanges() }
        return read.packages
    }

    public func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        try await ProjectLookup(indexURL: indexURL, session: session).resolve(package)
    }

    /// A project in quarantine is told of by its own page alone, and may return (PEP 792). Where that page is refused, as
    /// by servers that say 403 of what they do not have, the index is the last word.
    public var isWithheld: (@Sendable (Package, any RegistrySession) async throws -> Bool)? {
        { package, session in
            let lookup = ProjectLookup(indexURL: indexURL, session: session)
            do {
                return try await lookup.page(of: package.name)?.isQuarantined ?? false
            } catch let error as WireError where error.category == .refused {
                return false
            }
        }
    }

    public func isVersion(_ a: String, newerThan b: String) -> Bool {
        guard let a = Int64(a), let b = Int64(b) else { return false }
        return b < a
    }
}
