public import PackageMining

/// A request as it arrived at the loopback server.
public struct LoopbackRequest: Sendable {
    public let method: String

    /// Path and query exactly as they were sent.
    public let target: String

    /// The path as it was sent, with its escapes.
    public let path: String

    /// The path behind its percent escapes.
    public var decodedPath: String { percentDecoded(path.utf8) }

    public let headers: [Header]

    /// Which request for this very target this is, the first being 1.
    public internal(set) var attempt = 1

    /// The port that the client asks from.
    var port: UInt16 = 0

    /// The query's fields with their escapes decoded; a `+` is a space.
    public var query: [(name: String, value: String)] {
        guard let mark = target.firstIndex(of: "?") else { return [] }
        return target[target.index(after: mark)...].split(separator: "&").map(queryField)
    }

    public func query(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }

    /// The value of the first field of that name, whose case does not matter.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// Whether the client takes a body in gzip.
    public var acceptsGzip: Bool {
        header("Accept-Encoding")?.lowercased().contains("gzip") ?? false
    }

    public init(method: String = "GET", target: String, headers: [Header] = []) {
        self.method = method
        self.target = target
        self.path = String(target.prefix { $0 != "?" })
        self.headers = headers
    }

    /// The same request for another target.
    func asking(_ target: String) -> LoopbackRequest {
        var request = LoopbackRequest(method: method, target: target, headers: headers)
        request.attempt = attempt
        request.port = port
        return request
    }
}

private func queryField(_ field: Substring) -> (name: String, value: String) {
    let halves = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let value = halves.count > 1 ? halves[1] : ""
    return (percentDecoded(halves[0].utf8, plusIsSpace: true), percentDecoded(value.utf8, plusIsSpace: true))
}

/// The text behind percent escapes. An escape that is none stays as it is.
func percentDecoded(_ text: some Collection<UInt8>, plusIsSpace: Bool = false) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text)[...]
    while let byte = rest.popFirst() {
        if byte == UInt8(ascii: "%"), let value = hexByte(rest.prefix(2)) {
            bytes.append(value)
            rest = rest.dropFirst(2)
        } else {
            bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}

private func hexByte(_ digits: ArraySlice<UInt8>) -> UInt8? {
    digits.count == 2 ? UInt8(String(decoding: digits, as: UTF8.self), radix: 16) : nil
}
