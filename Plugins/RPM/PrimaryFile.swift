import ContentDigest
import ContentInflation
import PackageMining
import RegistryXML

/// Reads a repository's `primary` file as it arrives, and tells of its packages once its checksum has proven right.
///
/// Memory is bounded by the number of packages: of each name only the newest build is kept.
actor PrimaryFile {
    /// A name's newest build.
    private struct Build {
        let version: String
        let homepage: String
    }

    private static let selection = XMLSelection(
        each: "metadata/package", taking: ["name", "version", "url"])

    /// Repositories are written by many tools, and some let control characters into descriptions.
    private static var options: XMLOptions {
        var options = XMLOptions()
        options.replacesIllFormedBytes = true
        return options
    }

    private let index: RepositoryIndex
    private let digest: Digest
    private let inflater: Inflater
    private let reader = XMLReader(PrimaryFile.selection, options: PrimaryFile.options)
    private var newest: [[UInt8]: Build] = [:]
    private var problems: [Problem] = []

    init(_ index: RepositoryIndex) throws {
        self.index = index
        digest = try Digest(index.algorithm)
        // Without a size, what any repository of today stays far below.
        inflater = Inflater(limit: index.openSize ?? 8 << 30)
    }

    func take(_ chunk: [UInt8]) throws {
        digest.update(chunk)
        do {
            inflater.feed(chunk)
            while let piece = try inflater.next() { keep(try reader.read(piece)) }
        } catch {
            throw unreadable(error)
        }
    }

    /// The pages of a file that has proven to be what the repository says it is; names sorted by their UTF-8.
    ///
    /// - Throws: `WireError`, worth another attempt.
    func verifiedPages(of count: Int) throws -> [Page] {
        do {
            while let piece = try inflater.finish() { keep(try reader.read(piece)) }
            keep(try reader.finish())
        } catch {
            throw unreadable(error)
        }
        let found = digest.finish()
        guard found == index.checksum else {
            throw malformed("its \(index.algorithm.rawValue) is \(found), the repository says \(index.checksum)")
        }
        let names = newest.keys.sorted { $0.lexicographicallyPrecedes($1) }
        var pages = stride(from: 0, to: names.count, by: count).map { start in
            page(of: names[start..<min(start + count, names.count)])
        }
        if pages.isEmpty { pages = [Page()] }
        for problem in problems { pages[0].note(problem) }
        return pages
    }

    private func page(of names: ArraySlice<[UInt8]>) -> Page {
        var page = Page(reserving: names.count)
        for name in names {
            guard let build = newest[name] else { continue }
            page.append(
                name: String(decoding: name, as: UTF8.self),
                Release(version: build.version, homepage: build.homepage))
        }
        return page
    }

    private func keep(_ packages: [XMLRecord]) {
        for package in packages {
            guard let name = package.text("name"), !name.isEmpty, let version = package.first("version"),
                let number = version.attribute("ver")
            else {
                problems.append(Problem(.unreadable, at: index.location, "a package without a name or a version"))
                continue
            }
            let release = version.attribute("rel").map { "-\($0)" } ?? ""
            let whole = "\(version.attribute("epoch") ?? "0"):\(number)\(release)"
            let key = Array(name.utf8)
            // Builds of one version for several architectures: the first one counts.
            if let known = newest[key], RPMVersion(known.version) >= RPMVersion(whole) { continue }
            newest[key] = Build(version: whole, homepage: trimmed(package.text("url") ?? ""))
        }
    }

    private func unreadable(_ error: any Error) -> WireError {
        malformed("the primary file cannot be read: \(error)", error)
    }

    private func malformed(_ reason: String, _ cause: (any Error)? = nil) -> WireError {
        WireError(.malformed, url: index.location, reason, status: 200, cause: cause)
    }
}

private func trimmed(_ text: String) -> String {
    String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
}
