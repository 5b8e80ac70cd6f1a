import MavenFormats

/// What an index record names: a file of a version of an artifact, `groupId|artifactId|version|classifier|extension`.
package struct IndexedRelease {
    /// `groupId:artifactId` in UTF-8.
    package let name: [UInt8]

    /// The version, and behind a `|` the file's extension, where the index tells it: the index forgets files, not
    /// versions, and a version is there as long as one of its files is.
    package let version: [UInt8]

    /// - Returns: nil for what tells of no release of a package: files beside the main one, which have a classifier, and
    ///   snapshots.
    /// - Throws: ``Unreadable`` for coordinates that lack a part.
    package init?(_ text: [UInt8]) throws(Unreadable) {
        let text = text.contains { $0 >= 0x80 } ? utf8(ofModified: text) : text
        let parts = text.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
        guard parts.count >= 4, parts[..<3].allSatisfy({ !$0.isEmpty }) else { throw Unreadable() }
        guard parts[3].elementsEqual("NA".utf8), !Self.isSnapshot(parts[2]) else { return nil }
        name = parts[0] + [UInt8(ascii: ":")] + parts[1]
        let fileExtension = parts.count > 4 ? parts[4].filter { $0 > 0x20 } : []
        version = parts[2] + (fileExtension.isEmpty ? [] : [UInt8(ascii: "|")] + fileExtension)
    }

    /// Coordinates that name no file of a version of an artifact.
    package struct Unreadable: Error {}

    /// `…SNAPSHOT` in any case, or one by its time: `1.0-20240131.123456-7`.
    private static func isSnapshot(_ version: ArraySlice<UInt8>) -> Bool {
        if version.suffix(8).map({ $0 | 0x20 }).elementsEqual("snapshot".utf8) { return true }
        let parts = version.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count >= 3, let build = parts.last, !build.isEmpty, build.allSatisfy(isDigit) else { return false }
        let time = parts[parts.count - 2].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return time.map(\.count) == [8, 6] && time.joined().allSatisfy(isDigit)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
