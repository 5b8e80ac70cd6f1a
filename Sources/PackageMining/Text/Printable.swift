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
    // Of millions of addresses none has any.
    guard url.utf8.contains(UInt8(ascii: "@")), let scheme = url.range(of: "://") else { return url }
    let authorityEnd = url[scheme.upperBound...].firstIndex { "/?#".contains($0) } ?? url.endIndex
    guard let at = url[scheme.upperBound..<authorityEnd].lastIndex(of: "@") else { return url }
    return String(url[..<scheme.upperBound]) + url[url.index(after: at)...]
}
