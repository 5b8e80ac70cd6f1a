import PackageMining
import RegistryDocuments
import RegistryXML

/// The packages of a repository's `primary` file: of each name the newest build, and what could not be read.
struct PrimaryPackages: Sendable {
    private(set) var packages = SnapshotPackages()
    private let location: String
    private var count = 0

    /// - Parameter location: where the file is.
    init(at location: String) {
        self.location = location
    }

    /// Of the builds of one version for several architectures the first one counts.
    mutating func take(_ package: XMLRecord) {
        count += 1
        guard let name = package.text("name"), !name.isEmpty, let version = package.version else {
            return noteUnreadable("a package without a name or a version")
        }
        guard !name.hasReplacements else { return noteUnreadable("a package whose name is no UTF-8") }
        var homepage = package.text("url")
        if homepage?.hasReplacements == true {
            noteUnreadable("the homepage of \(printable(name, limit: 200)) is no UTF-8")
            homepage = nil
        }
        packages.add(name: name, Release(version: version, homepage: homepage)) {
            RPMVersion($0.version) < RPMVersion(version)
        }
    }

    private mutating func noteUnreadable(_ reason: String) {
        packages.note(Problem(.unreadable, at: "\(location), package \(count)", reason))
    }

    /// Compares the packages with the number that the file says it has, in `packages` of its outermost element.
    ///
    /// Old createrepo_c wrote a wrong one, so that another number is a problem and no more
    /// (https://github.com/rpm-software-management/createrepo_c, pull request 160). A file without any package is
    /// believed only where it says so.
    ///
    /// - Throws: ``Lack``
    mutating func hold(toCount told: String?) throws {
        let told = told.map { String($0.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(40)) }
        if told.map({ Int($0) == count }) ?? (count > 0) { return }
        if count == 0, let told { throw Lack("it says that it has \(told) packages, and it has none") }
        let says = told.map { "it says that it has \($0) packages" } ?? "it does not say how many packages it has"
        packages.note(Problem(.contradiction, at: location, "\(says), and it has \(count)"))
    }
}

/// What a file of the repository does not have.
struct Lack: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

extension String {
    /// Whether bytes that are no text were replaced in it. U+FFFD itself is in no name and in no link.
    fileprivate var hasReplacements: Bool { unicodeScalars.contains("\u{FFFD}") }
}

extension XMLRecord {
    /// `epoch:version-release`; nil for a package that tells none.
    fileprivate var version: String? {
        guard let version = first("version"), let number = version.attribute("ver") else { return nil }
        let release = version.attribute("rel").map { "-\($0)" } ?? ""
        return "\(version.attribute("epoch") ?? "0"):\(number)\(release)"
    }
}
