import PackageMining
import RecordReaders
import RegistryDocuments
import RegistryJSON

/// The packages of a channel: named by the records of its subdirs, with the links of its `channeldata.json`, read last.
///
/// ```
/// repodata      {"info":{…},"packages":{"a-1-0.tar.bz2":{"name":"a",…}},"packages.conda":{…},"v3":{"whl":{…}}}
/// channeldata   {"subdirs":["noarch"],"packages":{"a":{"home":…,"dev_url":…,"source_git_url":…}}}
/// ```
///
/// What `channeldata` alone has is no package: it keeps what the channel no longer has, and lacks what it cannot read.
struct ChannelPackages: Sendable {
    private(set) var packages = SnapshotPackages()
    private var newRecordCount = 0

    /// Containers may be missing: old channels have no `packages.conda`, new ones only `v3` (CEP 48).
    static var reader: JSONElements {
        JSONElements(
            of: [], optional: ["/packages", "/packages.conda", "/v3"],
            keeping: ["/info", "/subdirs", "/channeldata_version"], limit: 256 << 20)
    }

    mutating func take(_ element: JSONElement, of url: String) {
        if url.hasSuffix("/channeldata.json") { return takeLinks(element, of: url) }
        let isNew = element.container == "/v3"
        let new = isNew ? element.entry(of: url, noting: &packages) { try $0.neededElements(at: "") } : nil
        newRecordCount += new?.count ?? 0
        for record in isNew ? new ?? [] : [element] {
            // That of the file may be cut otherwise.
            let name = record.entry(of: url, noting: &packages) { try $0.neededText("/name") }
            if let name { packages.add(name: name, Release(version: "")) }
        }
    }

    /// A key that cannot be read is no name of a package that could be.
    private mutating func takeLinks(_ element: JSONElement, of url: String) {
        guard let name = element.key, let record = element.entry(of: url, noting: &packages, { $0 }),
            packages[name] != nil
        else { return }
        let repository = record.link("/dev_url") ?? record.link("/source_git_url")
        let release = Release(version: "", homepage: record.link("/home"), repository: repository)
        packages.add(name: name, release) { _ in true }
    }

    /// Ends a document, which says of itself what it is.
    mutating func end(_ reader: JSONElements, of url: String) throws {
        guard ["/info", "/subdirs", "/channeldata_version"].contains(where: { reader.kept[$0] != nil }) else {
            throw JSONError("it is no repodata and no channeldata")
        }
        let told = reader.kept["/info"]?["/repodata_revisions/v3/n_packages"]?.integer ?? 0
        if newRecordCount < told {
            packages.note(Problem(.contradiction, at: url, "v3 should have \(told) packages, has \(newRecordCount)"))
        }
        newRecordCount = 0
    }
}

extension JSONValue {
    /// A link, or the first of several. conda itself writes `None` where there is none.
    fileprivate func link(_ pointer: String) -> String? {
        let told = self[pointer].map { $0.elements ?? [$0] } ?? []
        return told.lazy.compactMap(\.text).first { !$0.allSatisfy(\.isWhitespace) && $0 != "None" }
    }
}
