public import ContentDigest
import ContentInflation
public import PackageMining
public import RecordReaders

/// A large file of a registry, read as it arrives: its checksum taken, inflated whatever it is compressed with, and its
/// records folded into a value, in bounded memory.
///
/// ```swift
/// let file = Download(url) { CSVReader(columns: ["name"]) }
/// let names = try await file.reduce(into: [], through: session) { names, row in names.append(row["name"]) }
/// ```
public struct Download<Reader: RecordReader>: Sendable {
    public internal(set) var url: String

    /// Where the file may lie too, those that are asked first: its own URL is asked where it lies at none of them.
    public var preferredURLs: [String] = []

    /// Whether a list is whole without it, where it lies nowhere; see ``SnapshotSource/absence(of:)``.
    public var isOptional = false

    /// The checksum of the file as it is served; nil where the registry tells none.
    public var checksum: FileChecksum?

    /// That of what is inside, where the file is compressed and the registry tells it too.
    public var inflatedChecksum: FileChecksum?

    /// The types of which the file may be, those that are wanted most first; empty where the registry's word for it does
    /// not matter.
    public var mediaTypes: [String] = []

    /// Whether the URL says what is in the file, so that it never has another content.
    public var isNamedByContent = false

    /// The most bytes that the file may have, inflated.
    public var sizeLimit: Int64 = 8 << 30

    let makeReader: @Sendable () -> Reader

    /// - Parameter makeReader: called for each attempt, since each reads the file from its beginning.
    public init(_ url: String, readBy makeReader: @escaping @Sendable () -> Reader) {
        self.url = url
        self.makeReader = makeReader
    }

    /// Folds the file's records into a value, in their order.
    ///
    /// The value is returned only when the file has come to its end and has proven to be what it should be. A file that
    /// has not is asked for anew, and the value begins anew with it; see ``PackageMining/RegistrySession``. Where its
    /// checksum is right and it cannot be read for all that, asking again would bring the same.
    ///
    /// - Parameter atEnd: takes the value and the reader behind its last record, to compare what was found with what
    ///   the file says of itself. What it throws refuses the file, and where that has proven to be the right one it is
    ///   not asked for again.
    /// - Throws: `WireError`
    public func reduce<Value: Sendable>(
        into value: Value, through session: any RegistrySession,
        _ take: @escaping @Sendable (_ value: inout Value, _ record: Reader.Record) throws -> Void,
        atEnd: @escaping @Sendable (_ value: inout Value, _ reader: Reader) throws -> Void = { _, _ in }
    ) async throws -> Value {
        try await session.download(request(unless: nil)) { try DownloadReader(of: self, into: value, take, atEnd) }
    }

    /// The same where the file may be known: it is read only if the registry has another state of it than `known`.
    public func reduce<Value: Sendable>(
        into value: Value, unless known: Validators?, through session: any RegistrySession,
        _ take: @escaping @Sendable (_ value: inout Value, _ record: Reader.Record) throws -> Void,
        atEnd: @escaping @Sendable (_ value: inout Value, _ reader: Reader) throws -> Void = { _, _ in }
    ) async throws -> ConditionalAnswer<Value> {
        try await session.downloadIfModified(request(unless: known)) {
            try DownloadReader(of: self, into: value, take, atEnd)
        }
    }

    /// The same of a file that may not be there: nil then.
    public func reduceIfAny<Value: Sendable>(
        into value: Value, through session: any RegistrySession,
        _ take: @escaping @Sendable (_ value: inout Value, _ record: Reader.Record) throws -> Void,
        atEnd: @escaping @Sendable (_ value: inout Value, _ reader: Reader) throws -> Void = { _, _ in }
    ) async throws -> Value? {
        do {
            return try await reduce(into: value, through: session, take, atEnd: atEnd)
        } catch let error as WireError where error.category == .absent {
            return nil
        }
    }

    private func request(unless known: Validators?) -> Request {
        var request = Request(url)
        request.known = known
        request.accept(mediaTypes)
        return request
    }
}

/// What a file is known to be before it is asked for.
public struct FileChecksum: Hashable, Sendable {
    public let algorithm: DigestAlgorithm

    /// In hexadecimal, lower case.
    public let value: String

    /// How many bytes the file has, where the registry's word for it is to be held to.
    public let size: Int64?

    public init(_ algorithm: DigestAlgorithm, _ value: String, size: Int64? = nil) {
        self.algorithm = algorithm
        self.value = value
        self.size = size
    }

    /// A checksum in hexadecimal, as it came from the network. Nil for what is none by this algorithm.
    public init?(reading value: some StringProtocol, by algorithm: DigestAlgorithm, size: Int64? = nil) {
        guard value.utf8.count == algorithm.hexadecimalCount, value.allSatisfy({ $0.isASCII && $0.isHexDigit }) else {
            return nil
        }
        self.init(algorithm, value.lowercased(), size: size)
    }
}
