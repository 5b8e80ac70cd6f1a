/// An entry of the module index: a version of a module, and when the proxy first had it.
public struct GoIndexEntry: Hashable, Sendable {
    public var path: String
    public var version: String
    public var time: EntryTime

    /// Told only to who asks for `include=all`.
    public var isUnavailable: Bool

    /// The line as it is sent, for entries that are none. Nil for a proper one.
    public var line: String?

    public init(
        _ path: String, _ version: String, at time: EntryTime, isUnavailable: Bool = false, line: String? = nil
    ) {
        self.path = path
        self.version = version
        self.time = time
        self.isUnavailable = isUnavailable
        self.line = line
    }
}

/// The module index as https://index.golang.org/index serves it.
///
/// All lines lie in one buffer in the order in which they are told, so that a page is one copy.
struct GoIndex: Sendable {
    private(set) var entries: [GoIndexEntry] = []
    private var everything = Lines()
    private var available = Lines()

    private struct Lines: Sendable {
        var text: [UInt8] = []
        var starts: [Int] = []
        var times: [EntryTime] = []

        mutating func append(_ line: [UInt8], at time: EntryTime) {
            starts.append(text.count)
            times.append(time)
            text += line
        }

        func page(since: EntryTime?, limit: Int) -> ArraySlice<UInt8> {
            let first = since.map { times.firstIndexNotBefore($0) } ?? 0
            let last = min(first + limit, times.count)
            return first == last ? [] : text[starts[first]..<(last < starts.count ? starts[last] : text.count)]
        }
    }

    init() {}

    /// The entries in chronological order; at equal times as they are given, or by path, as `isOrderedByPath` says.
    init(_ unordered: [GoIndexEntry], isOrderedByPath: Bool) {
        entries = unordered.enumerated().sorted { a, b in
            if a.element.time != b.element.time { return a.element.time < b.element.time }
            if isOrderedByPath, !a.element.path.utf8.elementsEqual(b.element.path.utf8) {
                return a.element.path.utf8.lexicographicallyPrecedes(b.element.path.utf8)
            }
            return a.offset < b.offset
        }.map(\.element)
        for entry in entries {
            let line = Array((entry.line ?? entry.json).utf8) + [UInt8(ascii: "\n")]
            everything.append(line, at: entry.time)
            if !entry.isUnavailable { available.append(line, at: entry.time) }
        }
    }

    /// The entries at or after `since`, `limit` at most, a line each.
    func page(since: EntryTime?, limit: Int, includesUnavailable: Bool) -> [UInt8] {
        Array((includesUnavailable ? everything : available).page(since: since, limit: limit))
    }
}

extension GoIndexEntry {
    var json: String {
        "{\"Path\":\(jsonString(path)),\"Version\":\(jsonString(version)),\"Timestamp\":\"\(time.text)\"}"
    }
}

/// The text as a JSON string, with the escapes that Go's encoder uses.
func jsonString(_ text: String) -> String {
    var json = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": json += "\\\""
        case "\\": json += "\\\\"
        case "\n": json += "\\n"
        case "\r": json += "\\r"
        case "\t": json += "\\t"
        case "<", ">", "&", "\u{2028}", "\u{2029}", "\u{0}"..<"\u{20}":
            let digits = String(scalar.value, radix: 16)
            json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: json.unicodeScalars.append(scalar)
        }
    }
    return json + "\""
}

extension [EntryTime] {
    fileprivate func firstIndexNotBefore(_ time: EntryTime) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < time { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
