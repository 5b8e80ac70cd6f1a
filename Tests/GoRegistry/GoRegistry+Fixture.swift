public import Foundation
import PackageMining

/// A fixture that cannot be read.
public struct FixtureError: Error, CustomStringConvertible {
    public let description: String
}

extension GoRegistry {
    /// A registry from a folder.
    ///
    /// - `index.ndjson`: the entries as the index tells them, a line each.
    /// - `unavailable.ndjson`, where it is there: entries told only to who asks for `include=all`.
    /// - `proxy.ndjson`: `{"path": …, "request": "@latest" or "@v/VERSION.info", "status": …, "body": …}` a line. A
    ///   body is an object that is sent as JSON, or a text that is sent as it is. `"timeouts": n` answers "fetch timed
    ///   out" n times first. What has no line is answered "temporarily unavailable".
    /// - `expected.ndjson`: `{"path": …, "outcome": …, "repository": …}`, what a list must say, in its order.
    public static func fixture(at folder: URL, pageSize: Int = 2000) throws -> GoRegistry {
        var state = State()
        state.pageSize = pageSize
        let open = try rows(of: IndexRow.self, in: folder.appending(path: "index.ndjson"))
        let hidden = try optionalRows(of: IndexRow.self, in: folder.appending(path: "unavailable.ndjson"))
        let entries = try open.map { try $0.entry() } + hidden.map { try $0.entry(isUnavailable: true) }
        state.index = GoIndex(entries, isOrderedByPath: true)
        for entry in state.index.entries { state.add(GoModule(entry)) }
        for row in try rows(of: ProxyRow.self, in: folder.appending(path: "proxy.ndjson")) {
            state.table["\(row.path) \(row.request)"] = try row.answer()
        }
        let facts = try rows(of: StatedRow.self, in: folder.appending(path: "expected.ndjson"))
        state.expected = try facts.map { try $0.expected(among: entries) }
        return GoRegistry(state)
    }

    /// A registry from pages of the real index, which may overlap. The proxy answers with the repository that follows
    /// from the path, where one does, and without an Origin elsewhere.
    public static func pages(_ files: [URL], pageSize: Int = 2000) throws -> GoRegistry {
        var state = State()
        state.pageSize = pageSize
        var seen: Set<[UInt8]> = []
        let entries = try files.flatMap { try rows(of: IndexRow.self, in: $0) }
            .filter { seen.insert(Array("\($0.path) \($0.version) \($0.timestamp)".utf8)).inserted }
            .map { try $0.entry() }
        state.index = GoIndex(entries, isOrderedByPath: false)
        for entry in state.index.entries {
            let repository = repositoryByPath(entry.path)
            state.add(GoModule(entry, conduct: repository == nil ? .noOrigin : .origin, repository: repository ?? ""))
        }
        return GoRegistry(state)
    }
}

extension GoModule {
    fileprivate init(_ entry: GoIndexEntry, conduct: GoConduct = .notCached, repository: String = "") {
        let release = Release(entry.version, at: entry.time, isUnavailable: entry.isUnavailable)
        self.init(entry.path, releases: [release], conduct: conduct, repository: repository)
    }
}

private struct IndexRow: Decodable {
    let path: String
    let version: String
    let timestamp: String

    enum CodingKeys: String, CodingKey {
        case path = "Path"
        case version = "Version"
        case timestamp = "Timestamp"
    }

    func entry(isUnavailable: Bool = false) throws -> GoIndexEntry {
        guard let time = EntryTime(timestamp) else { throw FixtureError(description: "no time: \(timestamp)") }
        return GoIndexEntry(path, version, at: time, isUnavailable: isUnavailable)
    }
}

private struct ProxyRow: Decodable {
    let path: String
    let request: String
    let status: Int
    let body: JSONText
    let timeouts: Int?

    func answer() throws -> GoProxyAnswer {
        GoProxyAnswer(status, body.text, timeouts: timeouts ?? 0)
    }
}

private struct StatedRow: Decodable {
    let path: String
    let outcome: Outcome
    let repository: String?

    func expected(among entries: [GoIndexEntry]) throws -> ExpectedModule {
        let own = entries.lazy.filter { !$0.isUnavailable && $0.path.utf8.elementsEqual(path.utf8) }
        guard let appeared = own.map(\.time).min() else { throw FixtureError(description: "not in the index: \(path)") }
        return ExpectedModule(path: path, outcome: outcome, repository: repository, appeared: appeared)
    }
}

private func optionalRows<Row: Decodable>(of type: Row.Type, in file: URL) throws -> [Row] {
    FileManager.default.fileExists(atPath: file.path) ? try rows(of: type, in: file) : []
}

private func rows<Row: Decodable>(of type: Row.Type, in file: URL) throws -> [Row] {
    let decoder = JSONDecoder()
    return try Data(contentsOf: file).split(separator: UInt8(ascii: "\n")).enumerated().map { number, line in
        do {
            return try decoder.decode(type, from: Data(line))
        } catch {
            throw FixtureError(description: "\(file.lastPathComponent), line \(number + 1): \(error)")
        }
    }
}
