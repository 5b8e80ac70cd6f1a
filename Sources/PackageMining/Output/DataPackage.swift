package import Foundation

/// The manifest of the output folder: a Frictionless Data Package (https://specs.frictionlessdata.io/data-package/).
///
/// Each list keeps its own entry in the state folder, and the manifest is put together from all of them: runs of
/// different ecosystems may end at the same moment, and the last one to write knows of all.
struct DataPackage {
    let folder: URL

    private var entriesFolder: URL { folder.appending(path: ".pkgmine", directoryHint: .isDirectory) }

    /// The entry that a list's last run left. One that cannot be read is none: the list's next run writes it anew, and
    /// must not be kept from it.
    func entry(of id: String) -> ListEntry? {
        decoded(ListEntry.self, entriesFolder.appending(path: "\(id).list.json"))
    }

    /// The last audit of a list, which was mined into this folder or only audited in it, and the checksum of the list as
    /// it is now, where that is known.
    func audit(of id: String) -> (audit: ListEntry.Audit, list: ListEntry.FileFacts)? {
        if let entry = entry(of: id), let audit = entry.audit { return (audit, entry.file) }
        return decoded(AuditedList.self, entriesFolder.appending(path: "\(id).audited.json")).map {
            ($0.audit, $0.file)
        }
    }

    private func decoded<Value: Decodable>(_ type: Value.Type, _ file: URL) -> Value? {
        guard let data = FileManager.default.contents(atPath: file.path) else { return nil }
        do {
            return try JSONDecoder.manifest.decode(type, from: data)
        } catch {
            return nil
        }
    }

    /// Those of all lists, by the ids of their ecosystems. None where the folder has none, or is none yet.
    func entries() throws -> [ListEntry] {
        guard FileManager.default.fileExists(atPath: entriesFolder.path) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: entriesFolder.path)
            .filter { $0.hasSuffix(".list.json") }.sorted()
            .compactMap { entry(of: String($0.dropLast(".list.json".count))) }
    }

    func write(_ entry: ListEntry) throws {
        try FileManager.default.createDirectory(
            at: entriesFolder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try write(entry, to: entriesFolder.appending(path: "\(entry.mining.ecosystem).list.json"))
        try writeManifest(at: entry.mining.finished)
    }

    private func writeManifest(at now: Date) throws {
        try alone { try write(manifest(at: now), to: folder.appending(path: "datapackage.json")) }
    }

    /// Adds what an audit of a list has found.
    ///
    /// - Parameter rows: how many the list has.
    func note(_ audit: ListEntry.Audit, on ecosystem: Ecosystem, at list: URL, rows: Int) throws {
        if var entry = entry(of: ecosystem.id), entry.path == list.lastPathComponent {
            entry.audit = audit
            return try write(entry)
        }
        guard let audited = try AuditedList(of: ecosystem, at: list, rows: rows, audit) else { return }
        try write(audited, to: entriesFolder.appending(path: "\(ecosystem.id).audited.json"))
        try writeManifest(at: audit.finished)
    }

    /// Lists that were audited, and not mined into this folder.
    private func auditedLists(beside mined: [ListEntry]) throws -> [AuditedList] {
        try FileManager.default.contentsOfDirectory(atPath: entriesFolder.path)
            .filter { $0.hasSuffix(".audited.json") }.sorted()
            .compactMap { decoded(AuditedList.self, entriesFolder.appending(path: $0)) }
            .filter { audited in !mined.contains { $0.path == audited.file.path } }
    }

    /// Runs `body` while no other process writes the manifest.
    private func alone(_ body: () throws -> Void) throws {
        let file = entriesFolder.appending(path: "datapackage.lock")
        let lock = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard lock >= 0 else { throw OutputError(file) }
        // The lock goes with the descriptor.
        defer { close(lock) }
        while flock(lock, LOCK_EX) != 0 {
            guard errno == EINTR else { throw OutputError(file) }
        }
        try body()
    }

    /// - Parameter now: when the last of the lists was finished, as far as this run knows.
    private func manifest(at now: Date) throws -> Manifest {
        let lists = try entries()
            .filter { FileManager.default.fileExists(atPath: folder.appending(path: $0.path).path) }
        let audited = try auditedLists(beside: lists)
            .filter { FileManager.default.fileExists(atPath: folder.appending(path: $0.file.path).path) }
        let created = (lists.map(\.mining.finished) + audited.map(\.audit.finished)).max() ?? now
        return Manifest(created: created, resources: lists.flatMap(\.resources) + audited.flatMap(\.resources))
    }

    private func write(_ value: some Encodable, to url: URL) throws {
        let data = try JSONEncoder.manifest.encode(value)
        var file = try OutputFile(url)
        try file.write { $0.append(contentsOf: data + [CSV.newline]) }
        _ = try file.publish()
    }
}

/// `datapackage.json`.
private struct Manifest: Encodable {
    let profile = "data-package"
    let name = "package-lists"
    let title = "Packages of software ecosystems"
    let created: Date
    let resources: [Resource]
}

extension JSONEncoder {
    /// JSON as this tool writes it: the same bytes for the same values.
    package static var manifest: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return encoder
    }
}

extension JSONDecoder {
    static var manifest: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return decoder
    }
}
