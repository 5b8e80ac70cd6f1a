import PackageMining
import RegistryXML

/// The packages of a repository's `primary` file: of each name the newest build, and what could not be read.
struct PackageBuilds: Sendable {
    private struct Build {
        let version: String
        let homepage: String?
    }

    private let location: String
    private var newest: [[UInt8]: Build] = [:]
    private var problems: [Problem] = []
    private var count = 0

    /// - Parameter location: where the file is.
    init(at location: String) {
        self.location = location
    }

    mutating func take(_ package: XMLRecord) {
        count += 1
        guard let name = package.text("name"), !name.isEmpty, let version = package.first("version"),
            let number = version.attribute("ver")
        else {
            problems.append(
                Problem(.unreadable, at: "\(location), package \(count)", "a package without a name or a version"))
            return
        }
        let release = version.attribute("rel").map { "-\($0)" } ?? ""
        let whole = "\(version.attribute("epoch") ?? "0"):\(number)\(release)"
        // Builds of one version for several architectures: the first one counts.
        if let known = newest[Array(name.utf8)], RPMVersion(known.version) >= RPMVersion(whole) { return }
        newest[Array(name.utf8)] = Build(version: whole, homepage: package.text("url"))
    }

    /// Compares the packages with the number that the file says it has, in `packages` of its outermost element.
    ///
    /// Old createrepo_c wrote a wrong one, so that another number is a problem and no more
    /// (https://github.com/rpm-software-management/createrepo_c, pull request 160). A file without any package is
    /// believed only where it says so.
    ///
    /// - Throws: `EmptyFile`
    mutating func hold(toCount told: String?) throws {
        let told = told.map { String($0.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(40)) }
        if told.map({ Int($0) == count }) ?? (count > 0) { return }
        if count == 0, let told { throw EmptyFile(told: told) }
        let says = told.map { "it says that it has \($0) packages" } ?? "it does not say how many packages it has"
        problems.append(Problem(.contradiction, at: location, "\(says), and it has \(count)"))
    }

    /// At least one page, so that problems have one.
    func pages(of size: Int) -> [Page] {
        let names = newest.keys.sorted { $0.lexicographicallyPrecedes($1) }
        var pages = stride(from: 0, to: max(names.count, 1), by: size).map { start in
            page(of: names[start..<min(start + size, names.count)])
        }
        for problem in problems { pages[0].note(problem) }
        return pages
    }

    private func page(of names: ArraySlice<[UInt8]>) -> Page {
        var page = Page(reserving: names.count)
        for name in names {
            guard let build = newest[name] else { continue }
            page.append(
                name: String(decoding: name, as: UTF8.self), Release(version: build.version, homepage: build.homepage))
        }
        return page
    }
}

/// A file that says that it has packages, and has none.
struct EmptyFile: Error, CustomStringConvertible {
    let told: String

    var description: String { "it says that it has \(told) packages, and it has none" }
}
