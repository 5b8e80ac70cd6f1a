import ContentDigest
public import RecordReaders

/// The tree that git makes of an archive's files, for archives that are named by its hash
/// (https://git-scm.com/book/en/v2/Git-Internals-Git-Objects). It holds some hundred bytes a file.
public struct GitTree: Sendable {
    private var entries: [[UInt8]: (mode: String, hash: [UInt8])] = [:]
    private var folders: [[UInt8]: GitTree] = [:]

    public init() {}

    /// - Throws: for a path of more than 64 parts, which no registry has, and where libcrypto has no SHA-1.
    public mutating func add(_ file: WholeMember.Record, at path: [ArraySlice<UInt8>]) throws {
        guard (1...64).contains(path.count) else { throw RecordError(at: file.member.name, "the path is no file's") }
        let isLink = file.member.kind == .symbolicLink
        let mode = isLink ? "120000" : file.member.mode & 0o100 == 0 ? "100644" : "100755"
        add(mode, try Self.hash("blob", isLink ? file.member.linkBytes : file.bytes), at: path[...])
    }

    private mutating func add(_ mode: String, _ hash: [UInt8], at path: ArraySlice<ArraySlice<UInt8>>) {
        guard let name = path.first.map(Array.init) else { return }
        if path.count == 1 {
            entries[name] = (mode, hash)
        } else {
            folders[name, default: GitTree()].add(mode, hash, at: path.dropFirst())
        }
    }

    /// Its hash, in hexadecimal.
    public var name: String {
        get throws { try hash().map { String(String(UInt16($0) + 256, radix: 16).dropFirst()) }.joined() }
    }

    /// To git's order a folder's name ends with a slash.
    private func hash() throws -> [UInt8] {
        var rows = entries.map { (order: $0.key, row: Array("\($0.value.mode) ".utf8) + $0.key + [0] + $0.value.hash) }
        for (name, folder) in folders {
            rows.append((name + Array("/".utf8), Array("40000 ".utf8) + name + [0] + (try folder.hash())))
        }
        rows.sort { $0.order.lexicographicallyPrecedes($1.order) }
        return try Self.hash("tree", rows.flatMap(\.row))
    }

    private static func hash(_ kind: String, _ content: [UInt8]) throws -> [UInt8] {
        let digest = try Digest(.sha1)
        digest.update("\(kind) \(content.count)\0".utf8)
        digest.update(content)
        var hash = [UInt8](repeating: 0, count: digest.algorithm.hexadecimalCount / 2)
        hash.withUnsafeMutableBytes { digest.finish(into: $0) }
        return hash
    }
}
