import Foundation
import PackageMining
import RecordReaders
import RegistryDocuments
import RegistryJSON

/// The crates of a dump, and when it was made.
///
/// ```
/// 2026-11-26-020027/metadata.json      {"timestamp":"2026-11-26T02:00:27.645191645Z","crates_io_commit":"…"}
/// 2026-11-26-020027/data/crates.csv    created_at,description,documentation,homepage,id,…,name,readme,repository,…
/// ```
///
/// Columns have come and gone (https://github.com/rust-lang/crates.io/issues/3617), and rows are in no order: one that
/// is updated moves.
struct DumpedCrates: Sendable {
    private(set) var packages = SnapshotPackages()

    /// When the dump began.
    private(set) var time: Date?

    private let url: String
    private var metadataFiles = 0

    /// - Parameter url: where the dump is.
    init(at url: String) {
        self.url = url
    }

    /// A crate; what cannot be read is noted.
    mutating func take(_ row: FieldRow) {
        do {
            packages.add(name: try row.neededText("name"), try row.release)
        } catch {
            packages.note(Problem(.unreadable, at: "\(url), crates.csv, id \(row["id"] ?? "NULL")", error.reason))
        }
    }

    /// The dump's word on itself, which stands in front of its tables.
    ///
    /// - Throws: for a dump that is older than the one that was taken last, before gigabytes of it are read.
    mutating func take(_ metadata: WholeMember.Record, holdingTo known: SnapshotCursor) throws {
        metadataFiles += 1
        guard let told = try JSONValue(metadata.bytes)["/timestamp"]?.text.flatMap({ RegistryTime($0) }) else { return }
        time = told.date
        try known.hold(told.date, at: url)
    }

    /// - Parameter members: how many files of the archive were read.
    mutating func end(members: Int) throws {
        guard members > metadataFiles else { throw RecordError(at: "the dump", "it has no file data/crates.csv") }
        if time != nil { return }
        packages.note(Problem(.contradiction, at: url, "it does not say when it was made"))
    }
}

extension DumpedCrates {
    /// A readme is larger than anything that is wanted: the largest field, in bytes.
    private static let fieldLimit = 64 << 20

    static var reader: TarRecords<EitherReader<CSVReader, WholeMember>> {
        TarRecords {
            $0.isFile("data/crates.csv") || $0.isFile("metadata.json")
        } readBy: {
            let columns = ["id", "name", "created_at", "homepage", "repository"]
            return $0.isFile("data/crates.csv")
                ? .first(CSVReader(columns: columns, fieldLimit: fieldLimit)) : .second(WholeMember($0, limit: 1 << 20))
        }
    }
}

extension FieldRow {
    /// Its place is when the crate was made, in nanoseconds. It has no version: the links are those of the last one.
    fileprivate var release: Release {
        get throws(RecordError) {
            let created = try text("created_at") ?? ""
            guard let place = RegistryTime.ofDatabase(created)?.nanoseconds else {
                throw RecordError(at: "created_at", "its created_at is no time: '\(printable(created, limit: 80))'")
            }
            return Release(
                version: "", place: place, homepage: try text("homepage"), repository: try text("repository"))
        }
    }
}
