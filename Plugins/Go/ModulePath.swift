/// The rules of module paths, and how they are written in a request to a module proxy.
///
/// As golang.org/x/mod/module has them (`CheckPath`, `EscapePath`, `EscapeVersion`). A path that breaks them is listed
/// as the index spells it, and no proxy could be asked for it.
package enum ModulePath {
    /// The path with `!` and the small letter for each capital: `github.com/!azure/azure-sdk-for-go`.
    ///
    /// - Returns: nil for a path that the rules refuse.
    package static func escaped(_ path: String) -> String? {
        isValid(Array(path.utf8)) ? escapingCapitals(path) : nil
    }

    /// The version by the same rule: `v1.0.0-!r!c1`.
    ///
    /// - Returns: nil for a version that the rules refuse.
    package static func escapedVersion(_ version: String) -> String? {
        let bytes = Array(version.utf8)
        guard !bytes.isEmpty, bytes.allSatisfy(isVersionByte), bytes.last != UInt8(ascii: ".") else { return nil }
        return escapingCapitals(version)
    }

    private static func escapingCapitals(_ text: String) -> String {
        var escaped: [UInt8] = []
        escaped.reserveCapacity(text.utf8.count + 4)
        for byte in text.utf8 {
            if isCapital(byte) { escaped.append(UInt8(ascii: "!")) }
            escaped.append(isCapital(byte) ? byte | 0x20 : byte)
        }
        return String(decoding: escaped, as: UTF8.self)
    }

    static func isValid(_ path: [UInt8]) -> Bool {
        let elements = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard let first = elements.first, isValidHost(first), elements.allSatisfy(isValidElement) else { return false }
        return path.starts(with: "gopkg.in/".utf8) ? endsInGopkgVersion(path) : hasValidMajor(elements)
    }

    private static func isValidHost(_ host: ArraySlice<UInt8>) -> Bool {
        host.first != UInt8(ascii: "-") && host.contains(UInt8(ascii: "."))
            && host.allSatisfy { isDigit($0) || isSmall($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
    }

    private static func isValidElement(_ element: ArraySlice<UInt8>) -> Bool {
        guard let first = element.first, let last = element.last, first != UInt8(ascii: "."),
            last != UInt8(ascii: "."), element.allSatisfy(isPathByte)
        else { return false }
        let stem = element.prefix { $0 != UInt8(ascii: ".") }
        return !isDeviceName(stem) && !isShortName(stem)
    }

    /// Names that Windows keeps for devices, whatever follows a dot.
    private static func isDeviceName(_ stem: ArraySlice<UInt8>) -> Bool {
        guard stem.count == 3 || stem.count == 4 else { return false }
        let name = String(decoding: stem, as: UTF8.self).uppercased()
        if ["CON", "PRN", "AUX", "NUL"].contains(name) { return true }
        return name.utf8.count == 4 && (name.hasPrefix("COM") || name.hasPrefix("LPT"))
            && ("1"..."9").contains(name.last!)
    }

    /// A tilde with digits behind it, as in Windows' short file names.
    private static func isShortName(_ stem: ArraySlice<UInt8>) -> Bool {
        guard let tilde = stem.lastIndex(of: UInt8(ascii: "~")) else { return false }
        let digits = stem[(tilde + 1)...]
        return !digits.isEmpty && digits.allSatisfy(isDigit)
    }

    /// Where the last element is `v` and digits, it must be `v2` or above, without a leading zero or a dot.
    private static func hasValidMajor(_ elements: [ArraySlice<UInt8>]) -> Bool {
        guard elements.count > 1, let last = elements.last, last.first == UInt8(ascii: "v") else { return true }
        let number = last.dropFirst()
        guard !number.isEmpty, number.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: ".") }) else { return true }
        return !number.contains(UInt8(ascii: ".")) && number.first != UInt8(ascii: "0")
            && !number.elementsEqual([UInt8(ascii: "1")])
    }

    private static func endsInGopkgVersion(_ path: [UInt8]) -> Bool {
        let unstable = Array("-unstable".utf8)
        let stable = path.suffix(unstable.count).elementsEqual(unstable) ? path.dropLast(unstable.count) : path[...]
        let number = stable.reversed().prefix(while: isDigit).reversed()
        let isGrown = !number.isEmpty && (number.first != UInt8(ascii: "0") || number.count == 1)
        return isGrown && stable.dropLast(number.count).suffix(2).elementsEqual(".v".utf8)
    }

    private static func isPathByte(_ byte: UInt8) -> Bool {
        isDigit(byte) || isSmall(byte) || isCapital(byte) || "-._~".utf8.contains(byte)
    }

    /// What a version may hold in a request without being taken for something else.
    private static func isVersionByte(_ byte: UInt8) -> Bool {
        isPathByte(byte) || byte == UInt8(ascii: "+")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    private static func isSmall(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    private static func isCapital(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
}
