import PackageMining
import RegistryXML

/// The packages of a repository's `primary` file: of each name the newest build, and what could not be read.
struct PackageBuilds: Sendable {
    private struct Build {
        let version: String
        let homepage: String?
    }

    private var newest: [[UInt8]: Build] = [:]
    private var problems: [Problem] = []

    /// - Parameter location: where the file is.
    mutating func take(_ package: XMLRecord, at location: String) {
        guard let name = package.text("name"), !name.isEmpty, let version = package.first("version"),
            let number = version.attribute("ver")
        else {
            problems.append(Problem(.unreadable, at: location, "a package without a name or a version"))
            return
        }
        let release = version.attribute("rel").map { "-\($0)" } ?? ""
        let whole = "\(version.attribute("epoch") ?? "0"):\(number)\(release)"
        // Builds of one version for several architectures: the first one counts.
        if let known = newest[Array(name.utf8)], RPMVersion(known.version) >= RPMVersion(whole) { return }
        newest[Array(name.utf8)] = Build(version: whole, homepage: package.text("url"))
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
