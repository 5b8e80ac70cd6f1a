/// The text as one segment of a URL's path, all but the unreserved characters of RFC 3986 escaped.
///
/// Nil for what no segment can hold: nothing at all, and `.` and `..`, which lead elsewhere however they are escaped.
public func urlSegment(_ text: some StringProtocol) -> String? {
    if text.isEmpty || text == "." || text == ".." { return nil }
    return text.utf8.reduce(into: "") { segment, byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
            segment.unicodeScalars.append(Unicode.Scalar(byte))
        default: segment += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
        }
    }
}

/// The parts of a name as a path of URL segments, `a/b%2Bc`; nil where one of them can be none.
public func urlPath(_ parts: some Sequence<some StringProtocol>) -> String? {
    var path: [String] = []
    for part in parts {
        guard let segment = urlSegment(part) else { return nil }
        path.append(segment)
    }
    return path.joined(separator: "/")
}

/// An address without the slash at its end: what lies behind it is written with one.
public func bareURL(_ url: String) -> String { url.hasSuffix("/") ? String(url.dropLast()) : url }
