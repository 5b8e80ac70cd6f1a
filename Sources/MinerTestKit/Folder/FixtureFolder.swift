import Foundation

/// A folder that a fixture was written into, as it lies on disk.
struct FixtureFolder: Sendable {
    /// What was there first, and what has come to it later or stands in for it while the list is shorter.
    let first: Part
    let later: Part?
    let shrunk: Part?

    /// The rows that were there first.
    let table: PackageTable

    struct Part: Sendable {
        var table = CSVTable()
        /// What the list must say, where the folder says it.
        var expected: [ExpectedRow]?
        var files: [AnswerFile] = []
    }

    init(_ url: URL) throws {
        let columns = Set(try CSVTable(at: url.appending(path: "packages.csv"))?.header ?? [])
        guard let first = try Part(url, columns) else { throw FixtureFolderError("there is no folder \(url.path)") }
        if first.files.isEmpty { throw FixtureFolderError("\(url.path) has no folder listing with a file in it") }
        if first.expected == nil, columns.isEmpty {
            throw FixtureFolderError("\(url.path) has neither expected.csv nor packages.csv")
        }
        self.first = first
        table = try PackageTable(first.table)
        later = try Part(url.appending(path: "later"), columns)
        shrunk = try Part(url.appending(path: "shrunk"), columns)
    }
}

/// What is wrong with a fixture's folder.
public struct FixtureFolderError: Error, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}

extension FixtureFolder.Part {
    fileprivate init?(_ url: URL, _ columns: Set<String>) throws {
        guard url.isFolder else { return nil }
        table = try CSVTable(at: url.appending(path: "packages.csv")) ?? CSVTable()
        expected = try CSVTable(at: url.appending(path: "expected.csv"))?.expectedRows
        for folder in try url.entries() {
            guard folder.isFolder, let kind = RequestKind(folder: folder.lastPathComponent) else { continue }
            files += try answers(in: folder, "", kind, columns)
        }
    }

    private func answers(
        in folder: URL, _ path: String, _ kind: RequestKind, _ columns: Set<String>
    ) throws -> [AnswerFile] {
        let heads = Set(try folder.entries().map(\.lastPathComponent).filter { $0.hasSuffix(".head") })
        let bodies = try folder.entries().map(\.lastPathComponent).filter { !heads.contains($0) }
        let alone = heads.map { String($0.dropLast(".head".count)) }.filter { !bodies.contains($0) }
        return try (bodies + alone.sorted()).flatMap { name in
            let url = folder.appending(path: name)
            if url.isFolder, !isArchive(name) { return try answers(in: url, "\(path)\(name)/", kind, columns) }
            do {
                let head = heads.contains("\(name).head") ? try String(at: folder.appending(path: "\(name).head")) : nil
                return [try AnswerFile(path + name, url, kind, head: head, columns)]
            } catch let error as FixtureFolderError {
                throw FixtureFolderError("\(path)\(name): \(error)")
            }
        }
    }
}

extension RequestKind {
    /// What the answers of `listing`, `look-up` and `look-up-…` are for.
    fileprivate init?(folder name: String) {
        switch name {
        case "listing": self = .listing
        case "look-up": self = .lookUp()
        case _ where name.hasPrefix("look-up-"): self = .lookUp(String(name.dropFirst("look-up-".count)))
        default: return nil
        }
    }
}

extension AnswerFile {
    fileprivate init(
        _ name: String, _ url: URL, _ kind: RequestKind, head: String?, _ columns: Set<String>
    ) throws {
        self.name = name
        self.kind = kind
        target = try AnswerTarget(name, columns: columns)
        content = try url.isFolder ? .archive(members(of: url, "", columns)) : Content(url, columns)
        self.head = try head.map { try AnswerHead($0, words: columns.union(TemplateScope.words)) }
        label = name.firstMatch(of: /\{sha256:([A-Za-z0-9_-]+)\}/).map { String($0.output.1) }
    }
}

extension AnswerFile.Content {
    /// Text is a template where there is a table to fill it from.
    fileprivate init(_ url: URL, _ columns: Set<String>) throws {
        let bytes = url.exists ? Array(try Data(contentsOf: url)) : []
        guard !columns.isEmpty, let text = String(validating: bytes, as: UTF8.self) else {
            self = .bytes(bytes)
            return
        }
        self = .template(try TextTemplate(text, words: columns.union(TemplateScope.words)))
    }
}

private func members(
    of folder: URL, _ path: String, _ columns: Set<String>
) throws -> [(name: AnswerTarget, content: AnswerFile.Content)] {
    try folder.entries().flatMap { url in
        let name = path + url.lastPathComponent
        if url.isFolder { return try members(of: url, "\(name)/", columns) }
        return [(try AnswerTarget(name, columns: columns), try AnswerFile.Content(url, columns))]
    }
}

private func isArchive(_ name: String) -> Bool { [".tar", ".tar.gz", ".tgz"].contains(where: name.hasSuffix) }

extension URL {
    fileprivate var exists: Bool { FileManager.default.fileExists(atPath: path) }

    fileprivate var isFolder: Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// What lies in a folder, by name, without what is hidden.
    fileprivate func entries() throws -> [URL] {
        try FileManager.default.contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".") }.sorted()
            .map { appending(path: $0) }
    }
}

extension String {
    fileprivate init(at url: URL) throws { self = String(decoding: try Data(contentsOf: url), as: UTF8.self) }
}
