import PackageMining
import RecordReaders
import RegistryDocuments
import RegistryJSON

/// The packages of a channel: named by the records of its subdirs, with the links of its `channeldata.json`.
///
/// ```
/// repodata      {"info":{…},"packages":{"a-1-0.tar.bz2":{"name":"a",…}},"packages.conda":{…},"v3":{"whl":{…}}}
/// channeldata   {"subdirs":["noarch"],"packages":{"a":{"home":…,"dev_url":…,"source_git_url":…}}}
/// ```
///
/// What `channeldata` alone has is no package: it keeps what the channel no longer has, and lacks what it cannot read.
struct ChannelPackages: Sendable {
    /// The documents in the order in which they are read, those of subdirs before the channel's own.
    let repodata: [String]

    private var names: Set<[UInt8]> = []
    private var links: [[UInt8]: Release] = [:]
    private var problems: [Problem] = []
    private var readCount = 0
    private var newRecordCount = 0

    init(repodata: [String]) { self.repodata = repodata }

    private static let newRecords = "/v3"

    /// Containers may be missing: old channels have no `packages.conda`, new ones only `v3` (CEP 48).
    static var reader: JSONElements {
        JSONElements(
            of: [], optional: ["/packages", "/packages.conda", newRecords],
            keeping: ["/info", "/subdirs", "/channeldata_version"], limit: 256 << 20)
    }

    private var url: String { repodata.indices.contains(readCount) ? repodata[readCount] : "channeldata.json" }

    mutating func take(_ element: JSONElement) {
        if readCount >= repodata.count { return takeLinks(element) }
        guard element.container == Self.newRecords else { return takeName(element) }
        let records = element.entry(of: url, noting: &problems) { value in
            guard let records = value.elements(at: "") else { throw JSONError("it has no records") }
            return records
        }
        for record in records ?? [] {
            takeName(record)
            newRecordCount += 1
        }
    }

    /// The name in the record: that of a file may be cut otherwise.
    private mutating func takeName(_ element: JSONElement) {
        if let name = element.entry(of: url, noting: &problems, { try $0.neededText("/name") }) {
            names.insert(Array(name.utf8))
        }
    }

    /// A key that cannot be read is no name of a package that could be.
    private mutating func takeLinks(_ element: JSONElement) {
        guard let name = element.key, let record = element.entry(of: url, noting: &problems, { $0 }) else { return }
        let repository = record.link("/dev_url") ?? record.link("/source_git_url")
        links[Array(name.utf8)] = Release(version: "", homepage: record.link("/home"), repository: repository)
    }

    /// Ends a document, which says of itself what it is.
    mutating func end(_ reader: JSONElements) throws {
        let told = reader.kept["/info"]?["/repodata_revisions/v3/n_packages"]?.integer ?? 0
        guard
            reader.kept["/info"] != nil || reader.kept["/subdirs"] != nil || reader.kept["/channeldata_version"] != nil
        else { throw JSONError("it is no repodata and no channeldata") }
        if newRecordCount < told {
            problems.append(
                Problem(.contradiction, at: url, "it says that v3 has \(told) packages, and it has \(newRecordCount)"))
        }
        (readCount, newRecordCount) = (readCount + 1, 0)
    }

    /// Passes a document over that the channel does not have.
    mutating func pass(isTold: Bool) {
        if isTold { problems.append(Problem(.gap, at: url, "the channel tells of this subdir, and does not have it")) }
        readCount += 1
    }

    var packages: SnapshotPackages {
        var packages = SnapshotPackages()
        for name in names {
            packages.add(name: String(decoding: name, as: UTF8.self), links[name] ?? Release(version: ""))
        }
        for problem in problems { packages.note(problem) }
        return packages
    }
}

extension JSONValue {
    /// A link, or the first of several. conda itself writes `None` where there is none.
    fileprivate func link(_ pointer: String) -> String? {
        let told = self[pointer].map { $0.elements ?? [$0] } ?? []
        return told.lazy.compactMap(\.text).first { !$0.allSatisfy(\.isWhitespace) && $0 != "None" }
    }
}
