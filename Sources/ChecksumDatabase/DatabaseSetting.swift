import Foundation

/// Which checksum database is meant, by which key its heads are signed, and where it is asked for: what GOSUMDB says
/// (https://go.dev/ref/mod#environment-variables).
package struct DatabaseSetting: Hashable, Sendable {
    package let key: VerifierKey

    /// Without a slash at its end.
    package let url: String

    /// The key that the go command has built in.
    package static let knownKey = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
    package static let knownName = "sum.golang.org"

    /// A name that stands for the known database at another address.
    private static let knownElsewhere = "sum.golang.google.cn"

    /// - Parameter text: a key or a known name, and behind white space an address.
    /// - Throws: ``BadSetting``
    package init(_ text: String) throws {
        let fields = text.split(whereSeparator: \.isWhitespace).map(String.init)
        guard (1...2).contains(fields.count) else {
            throw BadSetting(reason: "a checksum database is one word or two: its key, and its address")
        }
        if fields[0] == "off" { throw BadSetting(reason: "`off` is no checksum database") }
        let isElsewhere = fields[0] == Self.knownElsewhere
        let isKnown = fields[0] == Self.knownName || isElsewhere
        key = try VerifierKey(isKnown ? Self.knownKey : fields[0])
        let own = isElsewhere ? "https://\(Self.knownElsewhere)" : nil
        let address = try fields.count > 1 ? fields[1] : own ?? Self.address(of: key.name)
        guard Self.hasHost(address) else { throw BadSetting(reason: "its address is no http or https address") }
        url = address.hasSuffix("/") ? String(address.dropLast()) : address
    }

    private static func hasHost(_ address: String) -> Bool {
        guard let url = URLComponents(string: address), let host = url.host, !host.isEmpty,
            let scheme = url.scheme?.lowercased()
        else { return false }
        return ["http", "https"].contains(scheme) && url.query == nil && url.fragment == nil
    }

    private static func address(of name: String) throws -> String {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty }), !name.contains(where: { "?#@:%\\".contains($0) }) else {
            throw BadSetting(reason: "the key's name is no host that could be asked; give an address behind the key")
        }
        return "https://" + name
    }

    /// Where a file of the database lies.
    package func address(of path: String) -> String { url + "/" + path }
}
