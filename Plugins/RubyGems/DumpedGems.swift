import PackageMining
import RecordReaders
import RegistryDocuments

/// The gems of a dump: three of its tables, in any order, their rows in none. A gem's links are those that RubyGems.org
/// shows (`app/models/links.rb` of its server): of its newest version's metadata, else of the linkset, the whole gem's.
struct DumpedGems: Sendable {
    let url: String
    private var noted = SnapshotPackages()
    /// The gems that are shown, by their ids, which grow as gems come.
    private var names: [Int64: String] = [:]

    /// By its gem's id: where the newest version stands, the links of its metadata, and those of the linkset.
    private var newest: [Int64: (rank: Int8, position: Int64, age: Int64)] = [:]
    private var metadata = SnapshotPackages()
    private var linksets = SnapshotPackages()

    init(at url: String) { self.url = url }

    /// What cannot be read is noted.
    mutating func take(_ row: FieldRow, of table: String) {
        do {
            switch table {
            case "public.versions": try takeVersion(row)
            case "public.linksets":
                let links = Release(version: "", homepage: try row.text("home"), repository: try row.text("code"))
                linksets.add(name: String(try row.number("rubygem_id")), links)
            default: if row.isTrue("indexed") { names[try row.number("id")] = try row.neededText("name") }
            }
        } catch {
            noted.note(Problem(.unreadable, at: "\(url), \(table), id \(row["id"] ?? "NULL")", error.reason))
        }
    }

    /// The newest version is the least: a latest one of platform ruby, then one of another platform, then the others, as
    /// the server has ordered them since May 2026; of several the first by position, then the one that came last.
    private mutating func takeVersion(_ version: FieldRow) throws(RecordError) {
        let rank: Int8 = !version.isTrue("latest") ? 2 : version["platform"] == "ruby" ? 0 : 1
        let position = version["position"] == nil ? .max : try version.number("position")
        let standing = (rank: rank, position: position, age: ~(try version.number("id")))
        let gem = try version.number("rubygem_id")
        // One that was yanked is indexed no longer.
        guard version.isTrue("indexed"), newest[gem].map({ standing < $0 }) ?? true else { return }
        metadata.add(name: String(gem), try version.pairs("metadata").links) { _ in true }
        newest[gem] = standing
    }

    /// The gems that are shown and have a version, each at the place of its id.
    consuming func joined() -> SnapshotPackages {
        newest = [:]
        for (id, name) in names {
            guard let own = metadata[String(id)] else { continue }
            let linkset = linksets[String(id)]
            let repository = own.version.isEmpty ? linkset?.repository : own.repository
            let homepage = own.homepage ?? linkset?.homepage
            noted.add(name: name, Release(version: "", place: id, homepage: homepage, repository: repository))
        }
        return noted
    }

    static var reader: TarRecords<Inflated<CopyReader>> {
        let tables: [CopyReader.Table] = [
            .init("public.linksets", columns: ["id", "rubygem_id", "home", "code"]),
            .init("public.rubygems", columns: ["id", "name", "indexed"]),
            .init(
                "public.versions",
                columns: ["id", "rubygem_id", "platform", "latest", "position", "indexed", "metadata"]),
        ]
        return TarRecords(ofFile: "databases/PostgreSQL.sql.gz") { _ in
            Inflated(CopyReader(tables, lineLimit: 64 << 20), limit: 128 << 30)
        }
    }
}

extension HStore {
    /// Its version is empty where no link is set in them, be it to nothing: only then the linkset's repository counts.
    fileprivate var links: Release {
        let homepage = self["homepage_uri"].flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
        let version = pairs.contains { linkKeys.contains($0.key) } ? "own" : ""
        return Release(version: version, homepage: homepage, repository: self["source_code_uri"])
    }
}

private let linkKeys: Set = [
    "homepage_uri", "changelog_uri", "source_code_uri", "documentation_uri", "wiki_uri", "mailing_list_uri",
    "bug_tracker_uri", "download_uri", "funding_uri",
]
