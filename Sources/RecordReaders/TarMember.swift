/// What a tar archive says of one of its members.
public struct TarMember: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case file, directory, symbolicLink, hardLink
        /// Devices, pipes, and what only its writer knows.
        case other
    }

    /// The bytes of the name. It is text of whoever wrote the archive, never a path on this machine: it may hold `..`,
    /// begin with a slash, or come twice.
    public let nameBytes: [UInt8]

    public let kind: Kind

    /// How many bytes stand behind the header.
    public let size: Int64

    /// The permissions, and bits above them.
    public let mode: Int

    /// In seconds since 1970.
    public let modified: Int64

    /// Where a link leads to.
    public let linkBytes: [UInt8]

    /// The name as text. Bytes that are not UTF-8 become U+FFFD.
    public var name: String { String(decoding: nameBytes, as: UTF8.self) }

    /// Whether it is the file of that path in the archive's outermost folder, whatever that is called, or in none. An
    /// archive of `.` has all names behind a `./`.
    public func isFile(_ path: String) -> Bool {
        let names = name.split(separator: "/").drop { $0 == "." }
        let wanted = path.split(separator: "/")
        return kind == .file && names.count <= wanted.count + 1 && names.suffix(wanted.count).elementsEqual(wanted)
    }
}

/// What comes out of a tar archive, of members that are wanted: the member, its bytes in pieces, its end.
public enum TarPart: Hashable, Sendable {
    case member(TarMember)
    case bytes([UInt8])
    case end
}
