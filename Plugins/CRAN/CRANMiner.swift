public import PackageMining
import RecordReaders
public import RegistryDocuments

/// CRAN's packages: listed by `packages.rds`, a table that R has written, with most of each package's DESCRIPTION.
///
/// It is what `tools::CRAN_package_db()` reads (`CRANtools.R`, R-devel of October 2024): a matrix of texts or a data
/// frame. Recommended packages have a row for each version of R, of which the first is taken. `URL` holds addresses
/// between commas and white space, and the first is the homepage. No field of DESCRIPTION names a repository:
/// `BugReports` is a tracker, and a further address under `URL` may be anything.
public struct CRANMiner: SnapshotMiner {
    public static let defaultMirrorURL = "https://cloud.r-project.org"
    private let mirrorURL: String

    /// - Parameter mirrorURL: a mirror of CRAN (https://cran.r-project.org/mirrors.html).
    public init(mirrorURL: String = CRANMiner.defaultMirrorURL) {
        self.mirrorURL = mirrorURL.hasSuffix("/") ? String(mirrorURL.dropLast()) : mirrorURL
    }

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
    /// Bytes that are no UTF-8 were replaced by U+FFFD, which is in no name and in no link itself.
    fileprivate var isText: Bool { !isEmpty && !unicodeScalars.contains("\u{FFFD}") }
}
