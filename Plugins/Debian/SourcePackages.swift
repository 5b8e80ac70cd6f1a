import DebianFormats
import PackageMining
import RecordReaders
import RegistryDocuments

/// The source packages of an archive: of each the highest version, and what could not be read.
///
/// ```
/// Package: 0ad
/// Version: 0.0.26-3
/// Homepage: https://play0ad.com/
/// Vcs-Git: https://salsa.debian.org/games-team/0ad.git -b debian/latest
/// ```
struct SourcePackages: Sendable {
    private var current = SnapshotPackages()

    /// Versions that are there only because something was built from them; they count where there is no other.
    private var extra = SnapshotPackages()

    /// A stanza has one of these (policy, 5.6.26), and `Vcs-Browser` with it or, seldom, alone.
    private static let vcsFields = "Git Svn Bzr Hg Cvs Darcs Arch Mtn Browser".split(separator: " ").map { "Vcs-\($0)" }

    static let fields = ["Package", "Version", "Homepage", "Extra-Source-Only"] + vcsFields

    mutating func take(_ stanza: Stanza, of url: String) {
        let (version, isExtra) = (stanza["Version"] ?? "", stanza["Extra-Source-Only"]?.lowercased() == "yes")
        self[keyPath: isExtra ? \Self.extra : \.current].add(
            read: stanza["Package"], version: version, homepage: stanza["Homepage"],
            repository: Self.vcsFields.lazy.compactMap { stanza[$0] }.first { !$0.isEmpty },
            at: "\(url), stanza \(stanza.number)"
        ) {
            DebianVersion($0.version) < DebianVersion(version)
        }
    }

    var packages: SnapshotPackages {
        var packages = current
        packages.complete(with: extra)
        return packages
    }
}
