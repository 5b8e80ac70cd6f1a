public import PackageMining
import RecordReaders
public import RegistryDocuments

/// Gems: listed by the newest dump of RubyGems.org's database, which tells of everything that there is to know here.
/// The dumps lie in a bucket, and are said to be made every week (https://rubygems.org/pages/data); in 2019 none was made
/// for months (https://github.com/rubygems/rubygems.org/issues/1977).
public struct RubyGemsMiner: SnapshotMiner {
    public static let defaultDumpURL = "https://s3-us-west-2.amazonaws.com/rubygems-dumps"

    private static let folder = "production/public_postgresql"
    private let bucketURL: String

    /// - Parameter dumpURL: the bucket, or its folder `production/public_postgresql`, that has a folder for each dump.
    public init(dumpURL: String = RubyGemsMiner.defaultDumpURL) {
        bucketURL = dumpURL.replacing(/(\/production\/public_postgresql)?\/?$/, with: "")
    }

    /// What the registry bears is told of its API alone (https://guides.rubygems.org/rubygems-org-rate-limits).
    public var ecosystem: Ecosystem {
        Ecosystem(
            id: "rubygems", platform: "RubyGems", fileName: "RubyGems", purlType: "gem",
            registries: [Registry(name: "database dumps", url: "\(bucketURL)/\(Self.folder)")])
    }

    public func packages(from source: inout SnapshotSource) async throws -> SnapshotPackages {
        let objects = try await source.objects(inBucketAt: bucketURL, under: Self.folder)
        guard let (key, time) = objects.compactMap(Self.dump).max(by: { $0.time < $1.time }) else {
            throw WireError(.malformed, url: bucketURL, "the bucket has no dump that can be had", isFinal: true)
        }
        let url = "\(bucketURL)/\(key)"
        try source.isOf(time.date, at: url, longestPause: 14 * 24 * 60 * 60)
        let file = Download(url) { DumpedGems.reader }
        return try await source.read(file, into: DumpedGems(at: url)) { $0.take($1.fields, of: $1.table) }.joined()
    }

    private static func dump(_ object: BucketObject) -> (key: String, time: RegistryTime)? {
        let form = /production\/public_postgresql\/(\d+)\.(\d+)\.(\d+)\.(\d+)\.(\d+)\.(\d+)\/public_postgresql\.tar/
        guard object.isAtHand, let at = object.key.wholeMatch(of: form)?.output else { return nil }
        return RegistryTime("\(at.1)-\(at.2)-\(at.3)T\(at.4):\(at.5):\(at.6)Z").map { (object.key, $0) }
    }
}
