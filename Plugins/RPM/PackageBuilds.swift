import PackageMining
import RegistryXML

/// The packages of a repository's `primary` file: of each name the newest build, and what could not be read.
struct PackageBuilds: Sendable {
    private let location: String
    private var newest: Set<PackageBuild> = []
    private var problems: [Problem] = []
    private var count = 0

    /// - Parameter location: where the file is.
    init(at location: String) {
        self.location = location
    }

    mutating func take(_ package: XMLRecord) {
        count += 1
        guard let build = PackageBuild(package) else {
            problems.append(
                Problem(.unreadable, at: "\(location), package \(count)", "a package without a name or a version"))
            return
        }
        // Builds of one version for several architectures: the first one counts.
        let (isNew, known) = newest.insert(build)
        if !isNew, RPMVersion(known.version) < RPMVersion(build.version) { newest.update(with: build) }
    }

    /// Compares the packages with the number that the file says it has, in `packages` of its outermost element.
    ///
    /// Old createrepo_c wrote a wrong one, so that another number is a problem and no more
    /// (https://github.com/rpm-software-management/createrepo_c, pull request 160). A file without any package is
    /// believed only where it says so.
    ///
    /// - Throws: ``EmptyFile``
    mutating func hold(toCount told: String?) throws {
        let told = told.map { String($0.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(40)) }
        if told.map({ Int($0) == count }) ?? (count > 0) { return }
        if count == 0, let told { throw EmptyFile(told: told) }
        let says = told.map { "it says that it has \($0) packages" } ?? "it does not say how many packages it has"
        problems.append(Problem(.contradiction, at: location, "\(says), and it has \(count)"))
    }

    /// Hands the packages over in the order of their names, in pages of which one is in memory at a time; what was handed
    /// over is forgotten. At least one page, so that problems have one; the last one is told as such.
    mutating func handOver(
        inPagesOf size: Int, _ take: (_ page: Page, _ isLast: Bool) async throws -> Void
    ) async throws {
        var builds = newest.sorted(by: >)
        newest = []
        repeat {
            var page = Page(reserving: min(size, builds.count))
            for build in builds.suffix(size).reversed() {
                page.append(name: build.name, Release(version: build.version, homepage: build.homepage))
            }
            builds.removeLast(min(size, builds.count))
            for problem in problems { page.note(problem) }
            problems = []
            try await take(page, builds.isEmpty)
        } while !builds.isEmpty
    }
}

/// A file that says that it has packages, and has none.
struct EmptyFile: Error, CustomStringConvertible {
    let told: String

    var description: String { "it says that it has \(told) packages, and it has none" }
}
