public import PackageMining
import RecordReaders
public import RegistryDocuments

/// CRAN's packages: listed by `packages.rds`, the table that `tools::CRAN_package_db()` reads (`CRANtools.R`, R-devel of
/// October 2024). Recommended packages have a row for each version of R, of which the first counts. The homepage is the
/// first address of `URL`. No field names a repository: neither a tracker (`BugReports`) nor a further address is one.
public struct CRANMiner: SnapshotMiner {
    public static let defaultMirrorURL = "https://cloud.r-project.org"
    private let mirrorURL: String

    public init(mirrorURL: String = CRANMiner.defaultMirrorURL) { self.mirrorURL = bareURL(mirrorURL) }

    public var ecosystem: Ecosystem {
        Ecosystem(
            id: "cran", platform: "CRAN", fileName: "CRAN", purlType: "cran",
            registries: [Registry(name: "CRAN mirror", url: mirrorURL)])
    }

    public func packages(from source: inout SnapshotSource) async throws -> SnapshotPackages {
        var file = Download("\(mirrorURL)/web/packages/packages.rds") { RDSRows(columns: ["Package", "URL"]) }
        file.sizeLimit = 1 << 30
        return try await source.read(file, into: SnapshotPackages()) { [url = file.url] packages, row in
            let (name, link) = (row[0] ?? "", row[1].flatMap(LabelledLinks.firstAddress) ?? "")
            if name.isText { packages.add(name: name, Release(version: "", homepage: link.isText ? link : nil)) }
            if name.isText, link.isText || link.isEmpty { return }
            let place = "\(url), '\(printable(name))' of '\(printable(link))'"
            packages.note(Problem(.unreadable, at: place, "a package without a name, or its name or URL is no UTF-8"))
        }
    }
}

extension String {
    /// Bytes that are no UTF-8 were replaced by U+FFFD.
    fileprivate var isText: Bool { !isEmpty && !unicodeScalars.contains("\u{FFFD}") }
}
