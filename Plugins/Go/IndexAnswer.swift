package import PackageMining
package import RegistryJSON

/// An answer of the module index that is complete: a JSON object a line, each line ended.
package struct IndexAnswer: Sendable {
    /// An entry, by the row of the table that holds its texts.
    package struct Entry {
        package let row: Int
        let time: IndexTime
    }

    let url: String
    package let table: JSONTable
    package private(set) var entries: [Entry] = []
    package private(set) var unreadable: [UnreadableLine] = []

    /// Entries that were left out because their time is still to come.
    package private(set) var problems: [Problem] = []

    var hasFuture: Bool { !problems.isEmpty }

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
        var broken = table.unreadable.map { BrokenLine(number: $0.line, reason: "no JSON: \($0.reason)") }
        for row in 0..<table.count { readEntry(row, else: &broken) }
        place(broken)
        if entries.isEmpty, !body.allSatisfy({ $0 <= UInt8(ascii: " ") }), !IndexAnswer.looksLikeObjects(body) {
            throw malformed("no line of the answer is an entry of the index")
        }
        if let since, !entries.isEmpty, entries.allSatisfy({ $0.time < since }) {
            throw malformed("the entries are all earlier than the time that was asked for")
        }
        try leaveOutFuture(now: now, since: since)
    }

    /// An entry whose time is still to come is an error of the index, unless most are: then it is this machine's clock
    /// that is wrong, and a window that ends at a wrong beginning of the run would leave entries out in silence.
    private mutating func leaveOutFuture(now: IndexTime, since: IndexTime?) throws {
        let tomorrow = IndexTime(nanoseconds: now.nanoseconds + IndexTime.day)
        let future = entries.filter { $0.time > tomorrow }
        guard let first = future.first else { return }
        if since.map({ $0 > tomorrow }) ?? false || future.count > 1 && future.count * 2 > entries.count {
            throw WrongClock(registryTime: timestamp(first), source: url, now: now.date)
        }
        problems = future.map { entry in
            let name = String(
                decoding: table.bytes[path(entry)] + [UInt8(ascii: " ")] + table.bytes[version(entry)], as: UTF8.self)
            return Problem(.unreadable, at: "\(timestamp(entry)), \(name)", "its time is still to come")
        }
        entries.removeAll { $0.time > tomorrow }
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

    private mutating func readEntry(_ row: Int, else broken: inout [BrokenLine]) {
        guard let path = table.range(row, 0), !path.isEmpty, table.range(row, 1) != nil,
            let timestamp = table.range(row, 2)
        else {
            let reason = "Path, Version or Timestamp is missing"
            return broken.append(BrokenLine(number: table.line(row), reason: reason))
        }
        guard let time = IndexTime(table.bytes[timestamp]) else {
            let reason = "Timestamp is \"\(table.string(row, 2) ?? "")\", not an RFC 3339 time from 1970 on"
            return broken.append(BrokenLine(number: table.line(row), reason: reason))
        }
        entries.append(Entry(row: row, time: time))
    }

    /// Tells each broken line by the entries before it.
    private mutating func place(_ broken: [BrokenLine]) {
        if broken.isEmpty { return }
        var rest = entries[...]
        var first: Entry?
        var number = 0
        for line in broken.sorted(by: { $0.number < $1.number }) {
            while let entry = rest.first, table.line(entry.row) < line.number {
                number = first?.time == entry.time ? number + 1 : 1
                first = first?.time == entry.time ? first : entry
                rest = rest.dropFirst()
            }
            number += 1
            unreadable.append(UnreadableLine(first: first, number: number, reason: line.reason))
        }
    }
}

/// A line of a page that is no entry.
private struct BrokenLine {
    /// Counted from 1.
    let number: Int
    let reason: String
}

/// A line that is no entry, and its place in the feed: the time of the last entry before it, and which line it is,
/// counted from the first entry of that time. Whatever the size of the pages and wherever a window begins, a page that
/// shows an entry shows those of the same time before it too, so that a line has one place.
package struct UnreadableLine: Sendable {
    /// The first entry of that time; nil where no entry stands before the line on its page.
    let first: IndexAnswer.Entry?

    /// From the beginning of the page where there is none.
    let number: Int
    let reason: String
}
