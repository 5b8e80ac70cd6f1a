import Foundation

/// An address of a host in a network, in version 4 or 6 of IP.
package struct NetworkAddress: Hashable, Sendable, CustomStringConvertible {
    /// 4 or 16.
    private let bytes: [UInt8]

    package var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        inet_ntop(bytes.count == 4 ? AF_INET : AF_INET6, bytes, &text, socklen_t(text.count))
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// The host of a URL where that is an address, in any spelling that the system takes for one (`0x7f.1`,
    /// `2130706433`, `[::1]`), or the name that means this machine.
    package init?(ofHostIn url: String) {
        let authority = url.drop { $0 != ":" }.dropFirst(3).prefix { !"/?#\\".contains($0) }
        let written = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        let host = (written.removingPercentEncoding ?? String(written)).precomposedStringWithCompatibilityMapping
        if host.hasPrefix("[") {
            self.init(version6: String(host.dropFirst().prefix { $0 != "]" && $0 != "%" }))
        } else {
            self.init(version4: String(host.prefix { $0 != ":" }))
        }
    }

    private init?(version4 text: String) {
        // A dot at the end of a name says that it is whole.
        let name = (text.hasSuffix(".") ? String(text.dropLast()) : text).lowercased()
        if name == "localhost" || name.hasSuffix(".localhost") {
            bytes = [127, 0, 0, 1]
            return
        }
        var address = in_addr()
        guard inet_aton(name, &address) != 0 else { return nil }
        bytes = withUnsafeBytes(of: address) { Array($0) }
    }

    private init?(version6 text: String) {
        var address = in6_addr()
        guard inet_pton(AF_INET6, text, &address) == 1 else { return nil }
        bytes = withUnsafeBytes(of: address) { Array($0) }
    }

    /// - Returns: nil for an address that is of neither version.
    init?(_ address: UnsafeRawBufferPointer, family: Int32) {
        switch family {
        case AF_INET where address.count >= MemoryLayout<sockaddr_in>.size: bytes = Array(address[4..<8])
        case AF_INET6 where address.count >= MemoryLayout<sockaddr_in6>.size: bytes = Array(address[8..<24])
        default: return nil
        }
    }

    /// As curl tells of a connection.
    init?(text: String) {
        guard let address = NetworkAddress(version6: text) ?? NetworkAddress(version4: text) else { return nil }
        self = address
    }

    /// Whether it is one of the public network, which leads to no machine of a private one, nor to this one
    /// (https://www.iana.org/assignments/iana-ipv4-special-registry, …/iana-ipv6-special-registry).
    package var isPublic: Bool {
        bytes.count == 4 ? Self.isPublic(version4: bytes[...]) : isPublicInVersion6
    }

    private static func isPublic(version4 bytes: ArraySlice<UInt8>) -> Bool {
        let (a, b, c) = (bytes[bytes.startIndex], bytes[bytes.startIndex + 1], bytes[bytes.startIndex + 2])
        return switch (a, b, c) {
        case (0, _, _), (10, _, _), (127, _, _), (224..., _, _): false
        case (100, 64...127, _), (169, 254, _), (172, 16...31, _), (192, 168, _), (198, 18...19, _): false
        case (192, 0, 0), (192, 0, 2), (198, 51, 100), (203, 0, 113), (192, 88, 99): false
        default: true
        }
    }

    /// Version 6 in use is 2000::/3. Of that and of what stands for addresses of version 4 it depends on those.
    private var isPublicInVersion6: Bool {
        let isMapped = bytes.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF])
        let isTranslated = bytes.starts(with: [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0])
        if isMapped || isTranslated { return Self.isPublic(version4: bytes[12...]) }
        if bytes.starts(with: [0x20, 0x02]) { return Self.isPublic(version4: bytes[2..<6]) }
        if bytes.starts(with: [0x20, 0x01, 0]) || bytes.starts(with: [0x20, 0x01, 0x0D, 0xB8]) { return false }
        return bytes[0] & 0xE0 == 0x20
    }
}
