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

/// The URL without a user name and password, as messages, recordings and the manifest show it.
public func urlWithoutCredentials(_ url: String) -> String {
    guard let authority = authority(of: url.utf8), let at = url.utf8[authority].lastIndex(of: UInt8(ascii: "@"))
    else { return url }
    return String(url[..<authority.lowerBound]) + url[url.utf8.index(after: at)...]
}

/// Where the URL names its host, credentials before it: behind the first `://` up to a path, query or fragment.
private func authority(of url: String.UTF8View) -> Range<String.Index>? {
    var rest = url[...]
    while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
        rest = rest[colon...].dropFirst()
        guard rest.starts(with: "//".utf8) else { continue }
        let host = rest.dropFirst(2)
        return host.startIndex..<(host.firstIndex { "/?#".utf8.contains($0) } ?? url.endIndex)
    }
    return nil
}
