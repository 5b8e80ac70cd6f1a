import RegistryJSON

/// A document with the containers `/r` and `/o/p` and the value `/n`, a thing at a time.
struct SlowJSON {
    private let bytes: [UInt8]
    private var at = 0
    private var found: [String] = []
    private var met: Set<String> = []

    /// The elements in words; nil where the document is refused.
    static func elements(of bytes: [UInt8]) -> [String]? {
        var slow = SlowJSON(bytes: bytes)
        guard slow.byte() == 0x7B || slow.byte() == 0x5B, slow.value(""), slow.byte() == nil else { return nil }
        return slow.met.contains("/r") ? slow.found : nil
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// The next byte that is no white space.
    private mutating func byte() -> UInt8? {
        while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
        return at < bytes.count ? bytes[at] : nil
    }

    private mutating func value(_ pointer: String) -> Bool {
        let first = byte()
        let isContainer = first == 0x7B || first == 0x5B
        if ["/r", "/o/p", "/o", "/n", ""].contains(pointer), !met.insert(pointer).inserted { return false }
        if pointer == "/r" || pointer == "/o/p" { return isContainer && split(pointer, isWanted: true) }
        if pointer == "" || pointer == "/o", first == 0x7B { return members(pointer) }
        if isContainer && pointer != "/n" { return split(pointer, isWanted: false) }
        guard let (ends, _) = ends(from: at), let end = ends.first, end - at <= 60 else { return false }
        defer { at = end }
        return (try? JSONValue(Array(bytes[at..<end]))) != nil
    }

    private mutating func members(_ pointer: String) -> Bool {
        at += 1
        if byte() == 0x7D {
            at += 1
            return true
        }
        while true {
            guard byte() == 0x22, let end = endOfString(at), let key = try? JSONValue(Array(bytes[at..<end])).text
            else {
                return false
            }
            at = end
            guard byte() == 0x3A else { return false }
            at += 1
            let escaped = key.replacing("~", with: "~0").replacing("/", with: "~1")
            guard value("\(pointer)/\(escaped)"), let behind = byte(), behind == 0x2C || behind == 0x7D else {
                return false
            }
            at += 1
            if behind == 0x7D { return true }
        }
    }

    private mutating func split(_ pointer: String, isWanted: Bool) -> Bool {
        let isObject = bytes[at] == 0x7B
        guard let (ends, isClosed) = ends(from: at + 1), isClosed, bytes[ends.last!] == (isObject ? 0x7D : 0x5D) else {
            return false
        }
        var start = at + 1
        at = ends.last! + 1
        if ends.count == 1, bytes[start..<ends[0]].allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
            return ends[0] - start <= 60
        }
        for (index, end) in ends.enumerated() {
            let shown = element(Array(bytes[start..<end]), isObject)
            guard end - start <= 60, isWanted || shown != nil else { return false }
            if isWanted { found.append("\(pointer) \(index) \(shown ?? "\(key(start, isObject) ?? "-") unreadable")") }
            start = end + 1
        }
        return true
    }

    private func element(_ text: [UInt8], _ isObject: Bool) -> String? {
        let bracketed = (isObject ? [0x7B] : [0x5B]) + text + (isObject ? [0x7D] : [0x5D])
        guard let whole = try? JSONValue(bracketed) else { return nil }
        if let members = whole.members, members.count == 1 { return "\(members[0].key) \(members[0].value.json)" }
        if let elements = whole.elements, elements.count == 1 { return "- \(elements[0].json)" }
        return nil
    }

    private func key(_ start: Int, _ isObject: Bool) -> String? {
        var slow = SlowJSON(bytes: bytes)
        slow.at = start
        guard isObject, slow.byte() == 0x22, let end = endOfString(slow.at) else { return nil }
        return try? JSONValue(Array(bytes[slow.at..<end])).text
    }

    /// The commas behind a place that stand in no string and no bracket, and the bracket that closes.
    private func ends(from start: Int) -> (places: [Int], isClosed: Bool)? {
        var ends: [Int] = []
        var depth = 0
        var at = start
        while at < bytes.count {
            switch bytes[at] {
            case 0x22:
                guard let end = endOfString(at) else { return ends.isEmpty ? nil : (ends, false) }
                at = end - 1
            case 0x7B, 0x5B: depth += 1
            case 0x7D where depth == 0, 0x5D where depth == 0: return (ends + [at], true)
            case 0x7D, 0x5D: depth -= 1
            case 0x2C where depth == 0: ends.append(at)
            default: break
            }
            at += 1
        }
        return ends.isEmpty ? nil : (ends, false)
    }

    /// Behind the quote that ends the string that begins there.
    private func endOfString(_ start: Int) -> Int? {
        var at = start + 1
        while at < bytes.count, bytes[at] != 0x22 { at += bytes[at] == 0x5C ? 2 : 1 }
        return at < bytes.count ? at + 1 : nil
    }
}
