import PackageMining
package import RecordReaders
package import RegistryJSON

/// The forms in which an index answers (PEP 691).
package enum SimpleAPI {
    package static let json = "application/vnd.pypi.simple.v1+json"
    package static let types = [json, "application/vnd.pypi.simple.v1+html", "text/html"]

    /// - Throws: a final error for a version that may mean something else (PEP 629). Where none is told it is 1.0.
    package static func hold(_ version: String?, at url: String) throws {
        guard let version, version.prefix(while: { $0 != "." }) != "1" else { return }
        let reason = "its api-version is \(version.prefix(20)), and 1.x is what can be read"
        throw WireError(.malformed, url: url, reason, status: 200, isFinal: true)
    }
}

/// Reads the index element by element, whichever of the two it is, as its first byte tells.
package struct SimpleIndexReader: RecordReader {
    package typealias Element = EitherReader<JSONElements, HTMLElements>.Record

    private var reader: EitherReader<JSONElements, HTMLElements>?

    package init() {}

    package mutating func feed(_ bytes: [UInt8]) {
        if reader == nil, let first = bytes.first(where: { !($0 == 32 || (9...13).contains($0)) }) {
            let isHTML = first == UInt8(ascii: "<")
            reader =
                isHTML
                ? .second(HTMLElements(["a", "meta"])) : .first(JSONElements(of: ["/projects"], keeping: ["/meta"]))
        }
        reader?.feed(bytes)
    }

    package mutating func next() throws -> Element? { try reader?.next() }

    package mutating func finish() throws -> Element? {
        if reader == nil { throw RecordError(at: "the index", "it is empty") }
        return try reader?.finish()
    }

    /// Whether the index is a page for people.
    package var isHTML: Bool { reader?.second != nil }

    /// What the index says of itself in JSON; nil in HTML.
    package var meta: JSONValue? { reader?.first?.kept["/meta"] }
}

extension JSONValue {
    /// A serial; nil where none is told. Some servers have the member and no serials: they write 0.
    package func serial(_ pointer: String) -> Int64? {
        self[pointer]?.integer.flatMap { $0 > 0 ? Int64($0) : nil }
    }
}

/// The name as addresses have it, and by which projects are told apart (PEP 503).
package func normalizedProject(_ name: String) -> String {
    var normalized = String.UnicodeScalarView()
    for scalar in name.lowercased().unicodeScalars {
        let isMark = scalar == "-" || scalar == "_" || scalar == "."
        if !isMark || normalized.last != "-" { normalized.append(isMark ? "-" : scalar) }
    }
    return String(normalized)
}
