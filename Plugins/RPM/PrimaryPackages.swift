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
        let version = package.version
        packages.add(
            read: package.text("name"), version: version, homepage: package.text("url"),
            at: "\(location), package \(count)"
        ) {
            RPMVersion($0.version) < RPMVersion(version ?? "")
        }
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

extension XMLRecord {
    /// `epoch:version-release`; nil for a package that tells none.
    fileprivate var version: String? {
        guard let version = first("version"), let number = version.attribute("ver") else { return nil }
        let release = version.attribute("rel").map { "-\($0)" } ?? ""
        return "\(version.attribute("epoch") ?? "0"):\(number)\(release)"
    }
}
