/// The module path behind the proxy's escaping: `!` and a lower-case letter for a capital. Nil for a path that a
/// client that escapes properly cannot have sent.
///
/// As golang.org/x/mod/module.UnescapePath has it: a capital, a `!` before anything but a lower-case letter, and any
/// byte beyond ASCII are refused.
func unescapedModulePath(_ escaped: String) -> String? {
    var path: [UInt8] = []
    var rest = escaped.utf8[...]
    while let byte = rest.popFirst() {
        switch byte {
        case UInt8(ascii: "!"):
            guard let letter = rest.popFirst(), (97...122).contains(letter) else { return nil }
            path.append(letter - 32)
        case 65...90, 128...: return nil
        default: path.append(byte)
        }
    }
    return path.isEmpty ? nil : String(decoding: path, as: UTF8.self)
}
