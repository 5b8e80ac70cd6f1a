/// Reads the records of a Nexus index out of its inflated bytes, as they arrive
/// (maven-indexer's `IndexDataReader`; https://maven.apache.org/maven-indexer).
///
/// A header of nine bytes, then documents: a number of fields, each with flags, a name and a value. Only what tells of
/// an artifact is looked at; of all else, class names above all, only the lengths.
package struct IndexRecords {
    /// A document that tells of an artifact's file, or that one was deleted.
    package struct Record {
        /// `groupId|artifactId|version|classifier|extension`, in UTF-8; empty in documents of other kinds.
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
    private static let largestDocument = 256 << 20
    private static let headerSize = 9

    private var bytes: [UInt8] = []
    private var taken = 0
    private var offset: Int64 = 0
    private var hasHeader = false
    private var isOpen = false
    private var fieldsLeft = 0
    private var toSkip = 0
    private var record = Record()
    private var isArtifact = true

    package init() {}

    package mutating func feed(_ piece: [UInt8]) {
        offset += Int64(taken)
        bytes = taken == bytes.count ? piece : Array(bytes[taken...]) + piece
        taken = 0
    }

    /// The next artifact or deletion; nil when more bytes are needed.
    package mutating func next() throws(Damaged) -> Record? {
        if !hasHeader, try !readHeader() { return nil }
        while true {
            if toSkip > 0 {
                let count = min(toSkip, bytes.count - taken)
                taken += count
                toSkip -= count
                if toSkip > 0 { return nil }
            }
            if isOpen && fieldsLeft == 0 {
                isOpen = false
                if isArtifact && !record.coordinates.isEmpty { return record }
            }
            if !isOpen {
                guard let count = number(at: taken, size: 4) else { return nil }
                guard count > 0 && count < 1 << 16 else { throw damaged("a document of \(count) fields") }
                taken += 4
                fieldsLeft = count
                record = Record()
                isArtifact = true
                isOpen = true
            }
            guard try readField() else { return nil }
        }
    }

    /// Says that the index has ended.
    package func finish() throws(Damaged) {
        guard hasHeader && !isOpen && toSkip == 0 && taken == bytes.count else {
            throw damaged("the index is cut off")
        }
    }

    private mutating func readHeader() throws(Damaged) -> Bool {
        guard bytes.count - taken >= Self.headerSize else { return false }
        guard bytes[taken] == 1 else { throw damaged("no Nexus index of version 1") }
        taken += Self.headerSize
        hasHeader = true
        return true
    }

    /// - Returns: false when the field is not there whole, as far as it is wanted.
    private mutating func readField() throws(Damaged) -> Bool {
        guard let nameCount = number(at: taken + 1, size: 2) else { return false }
        let nameStart = taken + 3
        guard let valueCount = number(at: nameStart + nameCount, size: 4) else { return false }
        guard valueCount <= Self.largestDocument else { throw damaged("a value of \(valueCount) bytes") }
        let valueStart = nameStart + nameCount + 4
        switch kind(ofNameAt: nameStart, nameCount) {
        case .artifact, .deletion:
            guard valueStart + valueCount <= bytes.count else { return false }
            record.isDeletion = record.isDeletion || kind(ofNameAt: nameStart, nameCount) == .deletion
            record.coordinates = Array(bytes[valueStart..<valueStart + valueCount])
            taken = valueStart + valueCount
        case .other:
            taken = valueStart
            toSkip = valueCount
        case .unrelated:
            isArtifact = false
            taken = valueStart
            toSkip = valueCount
        }
        fieldsLeft -= 1
        return true
    }

    private enum Kind { case artifact, deletion, other, unrelated }

    private func kind(ofNameAt start: Int, _ count: Int) -> Kind {
        switch count {
        case 1 where bytes[start] == UInt8(ascii: "u"): .artifact
        case 3 where bytes[start..<start + 3].elementsEqual("del".utf8): .deletion
        case 9 where bytes[start..<start + 9].elementsEqual("allGroups".utf8): .unrelated
        case 10 where bytes[start..<start + 10].elementsEqual("DESCRIPTOR".utf8): .unrelated
        case 10 where bytes[start..<start + 10].elementsEqual("rootGroups".utf8): .unrelated
        default: .other
        }
    }

    /// A big-endian number; nil where its bytes are not there yet.
    private func number(at start: Int, size: Int) -> Int? {
        guard start + size <= bytes.count else { return nil }
        return bytes.withUnsafeBufferPointer { bytes in
            var number = 0
            for index in start..<start + size { number = number << 8 | Int(bytes[index]) }
            return number
        }
    }

    private func damaged(_ reason: String) -> Damaged {
        Damaged(reason: reason, offset: offset + Int64(taken))
    }
}
