import PackageMining
import RecordReaders
import RegistryDocuments

/// The gems of a dump: three of its tables, in any order, their rows in none.
///
/// A gem's links are those that RubyGems.org shows (`app/models/links.rb` of its server): of its newest version's
/// metadata, else of its linkset, which was set for the gem as a whole.
struct DumpedGems: Sendable {
    let url: String
    private(set) var packages = SnapshotPackages()

    /// The gems that are shown, by their ids, which grow as gems come.
    private var names: [Int64: String] = [:]

    /// By its gem's id: where the newest version stands, the links of its metadata, and those of the linkset.
    private var newest: [Int64: Standing] = [:]
    private var metadata = SnapshotPackages()
    private var linksets = SnapshotPackages()

    init(at url: String) { self.url = url }

    /// What cannot be read is noted.
    mutating func take(_ row: CopyReader.Row) {
        let fields = row.fields
        do {
            switch row.table {
            case "public.versions": try takeVersion(fields)
            case "public.linksets":
                let links = Release(version: "", homepage: try fields.text("home"), repository: try fields.text("code"))
                linksets.add(name: String(try fields.number("rubygem_id")), links)
            default: if fields.isTrue("indexed") { names[try fields.number("id")] = try fields.neededText("name") }
            }
        } catch {
            packages.note(Problem(.unreadable, at: "\(url), \(row.table), id \(fields["id"] ?? "NULL")", error.reason))
        }
    }

    private mutating func takeVersion(_ version: FieldRow) throws(RecordError) {
        let (gem, standing) = (try version.number("rubygem_id"), try standing(of: version))
        // One that was yanked is indexed no longer.
        guard version.isTrue("indexed"), newest[gem].map({ standing < $0 }) ?? true else { return }
        guard let pairs = HStore(try version.text("metadata") ?? "") else {
            throw RecordError(at: "metadata", "its metadata is no hstore")
        }
        newest[gem] = standing
        metadata.add(name: String(gem), pairs.links) { _ in true }
    }

    /// Makes packages of the gems that are shown and have a version, each at the place of its id.
    mutating func join() {
        for (id, name) in names {
            guard let own = metadata[String(id)] else { continue }
            let linkset = linksets[String(id)]
            let repository = own.version == hasLinks ? own.repository : linkset?.repository
            let homepage = own.homepage ?? linkset?.homepage
            packages.add(name: name, Release(version: "", place: id, homepage: homepage, repository: repository))
        }
    }

    static var reader: TarRecords<Inflated<CopyReader>> {
        let ofVersion = ["id", "rubygem_id", "platform", "latest", "position", "indexed", "metadata"]
        let tables = [
            CopyReader.Table("public.linksets", columns: ["id", "rubygem_id", "home", "code"]),
            CopyReader.Table("public.rubygems", columns: ["id", "name", "indexed"]),
            CopyReader.Table("public.versions", columns: ofVersion),
        ]
        return TarRecords(of: { $0.isFile("databases/PostgreSQL.sql.gz") }) { _ in
            Inflated(CopyReader(tables, lineLimit: 64 << 20), limit: 128 << 30)
        }
    }
}

/// The newest version is the least: a latest one of platform ruby, then one of another platform, then the others, as
/// the server has ordered them since May 2026; of several the first by position, then the one that came last.
private typealias Standing = (rank: Int, position: Int64, age: Int64)

private func standing(of version: FieldRow) throws(RecordError) -> Standing {
    let rank = !version.isTrue("latest") ? 2 : version["platform"] == "ruby" ? 0 : 1
    return (rank, version["position"] == nil ? .max : try version.number("position"), -(try version.number("id")))
}

extension HStore {
    /// Where any link is set in them, be it to nothing, no repository of the linkset counts.
    fileprivate var links: Release {
        let homepage = self["homepage_uri"].flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
        let version = pairs.contains { linkKeys.contains($0.key) } ? hasLinks : ""
        return Release(version: version, homepage: homepage, repository: self["source_code_uri"])
    }
}

private let hasLinks = "has links"
private let linkKeys = [
    "homepage_uri", "changelog_uri", "source_code_uri", "documentation_uri", "wiki_uri", "mailing_list_uri",
    "bug_tracker_uri", "download_uri", "funding_uri",
]
