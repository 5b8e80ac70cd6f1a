import ContentDigest
import Foundation
import PackageMining
package import RecordReaders
package import RegistryDocuments

/// What a suite's `InRelease` says, or its `Release`: when it was made, until when it is good, and the checksums of its
/// files (https://wiki.debian.org/DebianRepository/Format).
package struct SuiteIndex: Sendable {
    package let url: String

    /// As it came, which is what is signed.
    package let document: [UInt8]

    private let folder: String
    private let stanza: Stanza
    private let field: String

    /// The checksums of Sources, packed and not, by their paths.
    private var sources: [String: FileChecksum] = [:]

    /// The fields of checksums, the one that all archives have first.
    private static let checksums = ["SHA256", "SHA512", "SHA1", "MD5Sum"]

    /// - Parameter folder: the suite's.
    /// - Throws: `WireError` for an answer that is no index of a suite.
    init(_ response: Response, in folder: String) throws {
        self.folder = folder
        (url, document) = (urlWithoutCredentials(response.url), try response.bodyOfSuccess())
        do {
            let text = ClearSignedText.begins(document) ? try ClearSignedText(document).bytes : document
            let fields = ["Date", "Valid-Until", "Components", "Acquire-By-Hash"] + Self.checksums
            let stanzas = try StanzaReader.records(of: text, by: StanzaReader(taking: fields))
            guard stanzas.count == 1, let told = Self.checksums.first(where: { stanzas[0].lines(of: $0) != nil }) else {
                throw RecordError(at: "its end", "it is not one stanza with checksums")
            }
            (stanza, field) = (stanzas[0], told)
        } catch let error as RecordError {
            throw response.malformed("no index of a suite: \(error)", cause: error)
        }
        for line in stanza.lines(of: field) ?? [] where line.contains("/source/Sources") { take(line) }
    }

    /// Takes a line `HASH SIZE PATH`.
    private mutating func take(_ line: String) {
        let parts = line.split(whereSeparator: \.isWhitespace)
        guard parts.count == 3, let algorithm = DigestAlgorithm(named: field.replacing("Sum", with: "")) else { return }
        sources[String(parts[2])] = FileChecksum(reading: parts[0], by: algorithm, size: Int64(parts[1]))
    }

    var date: Date? { stanza["Date"].flatMap(httpDate) }
    var validUntil: Date? { stanza["Valid-Until"].flatMap(httpDate) }
    package var components: [String] {
        (stanza["Components"] ?? "").split(whereSeparator: \.isWhitespace).map(String.init)
    }

    /// The Sources of a component, to be read by such a reader, and the folder in which they lie; nil where the suite has
    /// none. The plain file is listed by all, and kept by few.
    ///
    /// The security archive's `Components` say `updates/main` of what lies in `main`. By its hash a file can be had though
    /// the suite has another one by now; a copy of an archive need not have it so.
    package func sources<Reader: RecordReader>(
        of component: String, reader: @escaping @Sendable () -> Reader
    ) -> (component: String, folder: String, file: Download<Reader>)? {
        guard isPath(component) else { return nil }
        let last = components.contains(component) ? component.split(separator: "/").last.map(String.init) : nil
        for name in [component, last ?? component] {
            for ending in [".xz", ".gz", ".bz2", ""] {
                let path = "\(name)/source"
                guard let checksum = sources["\(path)/Sources\(ending)"] else { continue }
                var file = Download("\(folder)/\(path)/Sources\(ending)", readBy: reader)
                (file.checksum, file.inflatedChecksum) = (checksum, sources["\(path)/Sources"])
                if stanza["Acquire-By-Hash"] == "yes" {
                    file.preferredURLs = ["\(folder)/\(path)/by-hash/\(field)/\(checksum.value)"]
                }
                return (component, name, file)
            }
        }
        return nil
    }
}

extension SnapshotSource {
    /// What a suite says of itself, in its `InRelease` or, where there is none, its `Release`: when it was made, and until
    /// when it is good, are noted.
    ///
    /// - Parameters:
    ///   - suite: its name.
    ///   - folder: where it lies.
    ///   - isPart: see ``RegistryDocuments/SnapshotSource/index(at:isPart:bodyLimit:_:)``.
    package mutating func index(ofSuite suite: String, in folder: String, isPart: Bool) async throws -> SuiteIndex {
        let index = try await index(atFirstOf: ["\(folder)/InRelease", "\(folder)/Release"], isPart: isPart) {
            try SuiteIndex($0, in: folder)
        }
        if let date = index.date { try isOf(date, of: suite, at: index.url) }
        if let end = index.validUntil { isGood(until: end, at: index.url) }
        return index
    }
}

/// Whether a name leads into a folder and no other way: it may come from the network.
package func isPath(_ name: String) -> Bool {
    name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { urlSegment($0) == String($0) }
}
