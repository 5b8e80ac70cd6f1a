/// The text as it may reach a terminal, a log or an error: names and answers of registries are hostile input.
///
/// Control characters, direction overrides and line separators are shown as `\u{1B}`; the text is cut at `limit`
/// characters with an ellipsis.
public func printable(_ text: some StringProtocol, limit: Int = 300) -> String {
    var shown = ""
    var count = 0
    for scalar in text.unicodeScalars {
        if count == limit {
            shown += "…"
            break
        }
        if isUnsafeToPrint(scalar) {
            shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        } else {
            shown.unicodeScalars.append(scalar)
        }
        count += 1
    }
    return shown
}

private func isUnsafeToPrint(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
    default: false
    }
}

/// The text with its URLs without user names and passwords, as messages, recordings and the manifest show it.
///
/// It may be one URL, several, as a list of proxies, or an option with one behind it.
public func urlWithoutCredentials(_ text: String) -> String {
    var shown = ""
    var kept = text.startIndex
    var rest = text.utf8[...]
    while let authority = authority(in: rest) {
        rest = rest[authority.lowerBound...]
        guard let at = rest[authority].lastIndex(of: UInt8(ascii: "@")) else { continue }
        shown += text[kept..<authority.lowerBound]
        kept = text.utf8.index(after: at)
        rest = rest[kept...]
    }
    return kept == text.startIndex ? text : shown + text[kept...]
}

/// Where the first URL names its host, credentials before it: behind `://` up to a path, query or fragment.
private func authority(in text: Substring.UTF8View) -> Range<String.Index>? {
    var rest = text
    while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
        rest = rest[colon...].dropFirst()
        guard rest.starts(with: "//".utf8) else { continue }
        let host = rest.dropFirst(2)
        return host.startIndex..<(host.firstIndex { "/?#".utf8.contains($0) } ?? host.endIndex)
    }
    return nil
}
