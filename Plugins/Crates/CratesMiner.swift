public import PackageMining
import RecordReaders
public import RegistryDocuments

/// Crates: listed by the database dump of crates.io, which tells of everything that there is to know here.
///
/// The dump is a tar archive in gzip, made anew every day (https://crates.io/data-access), of 1.7 GiB in September 2026
/// (https://github.com/rust-lang/crates.io/issues/14608). It is read to its end, though the crates stand near its front:
/// only that proves it whole. Homepage and repository are those that the registry's own page of a crate shows: each
/// publication overwrites them, that of a backport too. Crates are told apart by their names: one that was deleted and
/// made anew has another id.
public struct CratesMiner: SnapshotMiner {
    public static let defaultDumpURL = "https://static.crates.io/db-dump.tar.gz"

    private let dumpURL: String

    public init(dumpURL: String = CratesMiner.defaultDumpURL) {
        self.dumpURL = dumpURL
    }

    /// What the registry bears is told of its API alone; static files have no limit (https://crates.io/data-access).
    public var ecosystem: Ecosystem {
        Ecosystem(
            id: "crates", platform: "Crates.io", fileName: "Crates", purlType: "cargo",
            registries: [Registry(name: "database dump", url: dumpURL)], placeIsTime: true)
    }

    public func packages(from source: inout SnapshotSource) async throws -> SnapshotPackages {
        var file = Download(dumpURL) { DumpedCrates.reader }
        // Some times what 1.7 GiB of CSV inflate to, in bytes.
        file.sizeLimit = 128 << 30
        let dump = try await source.read(file, into: DumpedCrates(at: dumpURL)) { [known = source.known] dump, record in
            switch record {
            case .first(let row): dump.take(row)
            case .second(let metadata): try dump.take(metadata, holdingTo: known)
            }
        } atEnd: {
            try $0.end(members: $1.memberCount)
        }
        if let time = dump.time { try source.isOf(time, at: dumpURL) }
        return dump.packages
    }
}
