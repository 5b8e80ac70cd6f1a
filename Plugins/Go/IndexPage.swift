import PackageMining
import RegistryJSON

/// An answer of the module index that is complete: a JSON object a line, each line ended.
struct IndexPage: Sendable {
    /// An entry, by the row of the table that holds its texts.
    struct Entry {
        let row: Int
        let time: IndexTime
    }

    let url: String
    let table: JSONTable
    private(set) var entries: [Entry] = []
    private(set) var problems: [Problem] = []

    private static let columns = ["/Path", "/Version", "/Timestamp"]

    /// - Parameter since: the time that was asked for.
    /// - Throws: `WireError` for an answer that is no page of the index, a cut one, or one to another question: worth
    ///   another attempt.
    init(_ response: Response, since: IndexTime?) throws {
        let body = try response.bodyOfSuccess()
        url = response.url
        guard body.isEmpty || body.last == UInt8(ascii: "\n") else {
            throw WireError(.malformed, url: response.url, "the page's last line is not ended", status: 200)
        }
        var reader = JSONReader(Self.columns)
        table = reader.table(ofLinesIn: body)
        entries.reserveCapacity(table.count)
        for row in 0..<table.count { readEntry(row) }
        for line in table.unreadable { note(line.line, "no JSON: \(line.reason)") }
        if entries.isEmpty, !body.isEmpty, !IndexPage.looksLikeObjects(body) {
            throw malformed("no line of the answer is an entry of the index")
        }
        // The index sorts by time. Were it ever to slip, the cursor must still not move backwards.
        let isSorted = zip(entries, entries.dropFirst()).allSatisfy { $0.time <= $1.time }
        if !isSorted { entries.sort { ($0.time, $0.row) < ($1.time, $1.row) } }
        if let since, let last = entries.last, last.time < since {
            throw malformed("the entries are all earlier than the time that was asked for")
        }
    }

    /// Whether a line begins as an entry does: a page of broken entries is still a page, and HTML is none.
    private static func looksLikeObjects(_ body: [UInt8]) -> Bool {
        body.split(separator: UInt8(ascii: "\n")).contains { $0.first == UInt8(ascii: "{") }
    }

    private func malformed(_ reason: String) -> WireError {
        WireError(.malformed, url: url, reason, status: 200)
    }

    /// How many lines the index sent, whether they could be read or not.
    var rowCount: Int { table.count + table.unreadable.count }

    func path(_ entry: Entry) -> Range<Int> { table.range(entry.row, 0) ?? 0..<0 }
    func version(_ entry: Entry) -> Range<Int> { table.range(entry.row, 1) ?? 0..<0 }
    func timestamp(_ entry: Entry) -> String { table.string(entry.row, 2) ?? "" }

    /// What tells an entry from others of the same time.
    func identity(_ entry: Entry) -> String {
        String(decoding: table.bytes[path(entry)], as: UTF8.self) + "@"
            + String(decoding: table.bytes[version(entry)], as: UTF8.self)
    }

    private mutating func readEntry(_ row: Int) {
        guard let path = table.range(row, 0), !path.isEmpty, table.range(row, 1) != nil,
            let timestamp = table.range(row, 2)
        else { return note(table.line(row), "Path, Version or Timestamp is missing") }
        guard let time = IndexTime(table.bytes[timestamp]) else {
            return note(table.line(row), "Timestamp is \"\(table.string(row, 2) ?? "")\", not an RFC 3339 time in UTC")
        }
        entries.append(Entry(row: row, time: time))
    }

    private mutating func note(_ line: Int, _ reason: String) {
        problems.append(Problem(.unreadable, at: "\(urlWithoutCredentials(url)), line \(line)", reason))
    }
}
