import RecordReaders

/// Reads the records of a Nexus index out of its inflated bytes, as they arrive
/// (maven-indexer's `IndexDataReader`; https://maven.apache.org/maven-indexer).
///
/// A header of nine bytes, then documents: a number of fields, each with flags, a name and a value. Only what tells of
/// an artifact is looked at; of all else, class names above all, only the lengths.
package struct IndexRecords: ResumableReader {
    /// A document that tells of an artifact's file, or that one was deleted.
    package struct Record: Codable, Hashable, Sendable {
        /// `groupId|artifactId|version|classifier|extension`; empty in documents of other kinds.
        package var coordinates: [UInt8] = []
        package var isDeletion = false
    }

    /// What an index cannot be. `offset` counts inflated bytes.
    package struct Damaged: Error, CustomStringConvertible {
        let reason: String
        let offset: Int64

        package var description: String { "\(reason), at byte \(offset) of the inflated index" }
    }

    /// No document of a real index is nearly as large; the largest lists a library's classes.
    private static let largestValue = 256 << 20
    private static let largestCoordinates = 64 << 10

    private var bytes = ByteQueue()
    private var hasHeader = false
    private var fieldsLeft = 0
    private var record = Record()
    private var isArtifact = true

    package init() {}

    package mutating func feed(_ piece: [UInt8]) {
        bytes.feed(piece)
    }

    package var kept: IndexRecords {
        var kept = self
        kept.bytes.forgetTaken()
        return kept
    }

    /// The next artifact or deletion; nil when more bytes are needed.
    package mutating func next() throws(Damaged) -> Record? {
        if !hasHeader, try !readHeader() { return nil }
        while true {
            if fieldsLeft == 0, try !beginDocument() { return nil }
            guard try readField() else { return nil }
            if fieldsLeft == 0 && isArtifact && !record.coordinates.isEmpty { return record }
        }
    }

    package mutating func finish() throws(Damaged) -> Record? {
        if let record = try next() { return record }
        guard hasHeader && fieldsLeft == 0 && bytes.isEmpty else { throw damaged("the index is cut off") }
        return nil
    }

    private mutating func readHeader() throws(Damaged) -> Bool {
        guard bytes.count >= 9 else { return false }
        guard bytes[0] == 1 else { throw damaged("no Nexus index of version 1") }
        bytes.skip(9)
        hasHeader = true
        return true
    }

    private mutating func beginDocument() throws(Damaged) -> Bool {
        guard let count = bytes.number(at: 0, size: 4) else { return false }
        guard count > 0 && count < 1 << 16 else { throw damaged("a document of \(count) fields") }
        bytes.skip(4)
        fieldsLeft = count
        record = Record()
        isArtifact = true
        return true
    }

    /// - Returns: false when the field is not there whole, as far as it is wanted.
    private mutating func readField() throws(Damaged) -> Bool {
        guard let nameCount = bytes.number(at: 1, size: 2),
            let valueCount = bytes.number(at: 3 + nameCount, size: 4)
        else { return false }
        guard valueCount <= Self.largestValue else { throw damaged("a value of \(valueCount) bytes") }
        let value = 3 + nameCount + 4
        let kind = kind(ofName: nameCount)
        if kind == .artifact || kind == .deletion {
            guard valueCount <= Self.largestCoordinates else { throw damaged("coordinates of \(valueCount) bytes") }
            guard value + valueCount <= bytes.count else { return false }
            record.isDeletion = record.isDeletion || kind == .deletion
            record.coordinates = Array(bytes.bytes(at: value, count: valueCount))
        } else if kind == .unrelated {
            isArtifact = false
        }
        bytes.skip(value + valueCount)
        fieldsLeft -= 1
        return true
    }

    private enum Kind { case artifact, deletion, other, unrelated }

    private func kind(ofName count: Int) -> Kind {
        switch count {
        case 1 where bytes[3] == UInt8(ascii: "u"): .artifact
        case 3 where bytes.bytes(at: 3, count: 3).elementsEqual("del".utf8): .deletion
        case 9 where bytes.bytes(at: 3, count: 9).elementsEqual("allGroups".utf8): .unrelated
        case 10 where bytes.bytes(at: 3, count: 10).elementsEqual("DESCRIPTOR".utf8): .unrelated
        case 10 where bytes.bytes(at: 3, count: 10).elementsEqual("rootGroups".utf8): .unrelated
        default: .other
        }
    }

    private func damaged(_ reason: String) -> Damaged {
        Damaged(reason: reason, offset: bytes.offset)
    }
}
