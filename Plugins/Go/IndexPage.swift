import PackageMining
import RegistryJSON

/// An answer of the module index that is complete: a JSON object a line, each line ended.
package struct IndexPage: Sendable {
    /// An entry, by the row of the table that holds its texts.
    package struct Entry {
        package let row: Int
        let time: IndexTime
    }

    let url: String
    package let table: JSONTable
    package private(set) var entries: [Entry] = []
    package private(set) var problems: [Problem] = []

    /// Whether entries were left out because their time is still to come.
    private(set) var hasFuture = false

    private static let columns = ["/Path", "/Version", "/Timestamp"]

    /// - Parameter since: the time that was asked for.
    /// - Throws: `WireError` for an answer that is no page of the index, a cut one, or one to another question: worth
    ///   another attempt.
    package init(_ response: Response, since: IndexTime?, now: IndexTime) throws {
        let body = try response.bodyOfSuccess()
        url = response.url
        guard body.isEmpty || body.last == UInt8(ascii: "\n") else {
            throw WireError(.malformed, url: response.url, "the page's last line is not ended", status: 200)
        }
        var reader = JSONReader(Self.columns)
        table = reader.table(ofLinesIn: body)
        entries.reserveCapacity(table.count)
        let lines = Lines(of: body)
        for row in 0..<table.count { readEntry(row, of: lines) }
        for line in table.unreadable { note(line.line, "no JSON: \(line.reason)", of: lines) }
        if entries.isEmpty, !body.allSatisfy({ $0 <= UInt8(ascii: " ") }), !IndexPage.looksLikeObjects(body) {
            throw malformed("no line of the answer is an entry of the index")
        }
        if let since, !entries.isEmpty, entries.allSatisfy({ $0.time < since }) {
            throw malformed("the entries are all earlier than the time that was asked for")
        }
        try leaveOutFuture(now: now, since: since, of: lines)
    }

    /// An entry whose time is still to come is an error of the index, unless most are: then it is this machine's clock
    /// that is wrong, and a window that ends at a wrong beginning of the run would leave entries out in silence.
    private mutating func leaveOutFuture(
        now: IndexTime, since: IndexTime?, of lines: Lines
    ) throws {
        let tomorrow = IndexTime(nanoseconds: now.nanoseconds + IndexTime.day)
        let future = entries.filter { $0.time > tomorrow }
        guard let first = future.first else { return }
        if since.map({ $0 > tomorrow }) ?? false || future.count > 1 && future.count * 2 > entries.count {
            throw WrongClock(registryTime: timestamp(first), source: url)
        }
        for entry in future { note(table.line(entry.row), "its time is still to come", of: lines) }
        entries.removeAll { $0.time > tomorrow }
        hasFuture = true
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

    package func path(_ entry: Entry) -> Range<Int> { table.range(entry.row, 0) ?? 0..<0 }
    func version(_ entry: Entry) -> Range<Int> { table.range(entry.row, 1) ?? 0..<0 }
    func timestamp(_ entry: Entry) -> String { table.string(entry.row, 2) ?? "" }

    /// What tells an entry from others: its path, with its length before it, its version and its time.
    func identity(_ entry: Entry) -> [UInt8] {
        let path = path(entry)
        return Array("\(path.count) \(entry.time.nanoseconds) ".utf8) + table.bytes[path] + table.bytes[version(entry)]
    }

    /// The time in an entry's identity, in nanoseconds.
    static func time(ofIdentity identity: String) -> Int64? {
        Int64(identity.drop { $0 != " " }.dropFirst().prefix { $0 != " " })
    }

    private mutating func readEntry(_ row: Int, of lines: Lines) {
        let line = table.line(row)
        guard let path = table.range(row, 0), !path.isEmpty, table.range(row, 1) != nil,
            let timestamp = table.range(row, 2)
        else { return note(line, "Path, Version or Timestamp is missing", of: lines) }
        guard let time = IndexTime(table.bytes[timestamp]) else {
            let text = table.string(row, 2) ?? ""
            return note(line, "Timestamp is \"\(text)\", not an RFC 3339 time from 1970 on", of: lines)
        }
        entries.append(Entry(row: row, time: time))
    }

    /// A line that stands on two pages is one problem: it is told by what it says.
    private mutating func note(_ line: Int, _ reason: String, of lines: Lines) {
        let place = "\(urlWithoutCredentials(url)), line \(line)"
        let text = lines.line(line).prefix(1_000)
        problems.append(Problem(.unreadable, at: place, reason, key: String(decoding: text, as: UTF8.self)))
    }
}

/// The lines of a page, parted when the first of them is asked for: few pages have anything to tell of one.
private final class Lines {
    private let body: [UInt8]
    private lazy var lines = body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)

    init(of body: [UInt8]) {
        self.body = body
    }

    /// A line by its number, counted from 1.
    func line(_ number: Int) -> ArraySlice<UInt8> { lines[number - 1] }
}
