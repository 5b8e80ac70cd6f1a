/// What the go command takes for the address of a repository: a URL with a scheme, which is not `file`.
///
/// As Go's net/url reads it, and as its version control tools are given it (`://` has to stand in it).
///
/// - Returns: what is wrong with it; nil where nothing is.
func faultOfRepository(_ address: String) -> String? {
    let bytes = Array(address.utf8)
    if bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return "it has a control character" }
    let scheme = bytes.prefix { isAlphanumeric($0) || "+-.".utf8.contains($0) }
    guard let first = scheme.first, isAlphanumeric(first), first > 0x39,
        bytes.dropFirst(scheme.count).starts(with: "://".utf8)
    else { return "it has no scheme" }
    if String(decoding: scheme, as: UTF8.self).lowercased() == "file" { return "it is a file" }
    let rest = bytes.dropFirst(scheme.count + 3)
    let beforeFragment = rest.prefix { $0 != UInt8(ascii: "#") }
    let fragment = rest.dropFirst(beforeFragment.count + 1)
    let beforeQuery = beforeFragment.prefix { $0 != UInt8(ascii: "?") }
    let authority = beforeQuery.prefix { $0 != UInt8(ascii: "/") }
    if authority.isEmpty { return "it has no host" }
    if !hasWholeEscapes(beforeQuery) || !hasWholeEscapes(fragment) { return "a % in it begins no escape" }
    return faultOfAuthority(authority)
}

private func faultOfAuthority(_ authority: ArraySlice<UInt8>) -> String? {
    let at = authority.lastIndex(of: UInt8(ascii: "@"))
    if let at, !authority[..<at].allSatisfy({ isAlphanumeric($0) || "-._:~!$&'()*+,;=%@".utf8.contains($0) }) {
        return "its user is none"
    }
    let host = at.map { authority[($0 + 1)...] } ?? authority
    if host.first == UInt8(ascii: "[") {
        guard let end = host.lastIndex(of: UInt8(ascii: "]")) else { return "its host is none" }
        return isPort(host[(end + 1)...]) ? nil : "its port is none"
    }
    let name = host.prefix { $0 != UInt8(ascii: ":") }
    if !isPort(host[name.endIndex...]) { return "its port is none" }
    // An escape stands for no character of ASCII there, but for % itself.
    for percent in name.indices where name[percent] == UInt8(ascii: "%") {
        let digits = name[(percent + 1)...].prefix(2)
        if digits.first.map({ $0 < UInt8(ascii: "8") }) == true, !digits.elementsEqual("25".utf8) {
            return "its host is none"
        }
    }
    let isHost = name.allSatisfy { $0 >= 0x80 || isAlphanumeric($0) || "-_.~!$&'()*+,;=%\"<>".utf8.contains($0) }
    return isHost ? nil : "its host is none"
}

private func isPort(_ text: ArraySlice<UInt8>) -> Bool {
    text.isEmpty || text.first == UInt8(ascii: ":") && text.dropFirst().allSatisfy { (48...57).contains($0) }
}

private func hasWholeEscapes(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    while let percent = rest.firstIndex(of: UInt8(ascii: "%")) {
        rest = rest[(percent + 1)...]
        guard rest.count >= 2, rest.prefix(2).allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else {
            return false
        }
    }
    return true
}
