import PackageMining
import RecordReaders

/// Reads a ``Download`` once.
///
/// A file with a checksum is taken to its end even where it cannot be read: only then it is known whether it was
/// damaged on its way, or is what the registry means.
actor DownloadReader<Reader: RecordReader, Value: Sendable>: FileReader {
    private let file: Download<Reader>
    private var tally: ContentTally?
    private let fold: @Sendable (inout Value, Reader.Record) throws -> Void
    private let atEnd: @Sendable (inout Value, Reader) throws -> Void
    private var records: Inflated<Reader>
    private var value: Value
    private var failure: (any Error)?
    private var unread = 0

    /// How much of a file that cannot be read is still taken for the sake of its checksum, in bytes: some times the
    /// largest real `primary`, of 60 MB.
    private static var mostUnread: Int { 256 << 20 }

    init(
        of file: Download<Reader>, into value: Value,
        _ fold: @escaping @Sendable (inout Value, Reader.Record) throws -> Void,
        _ atEnd: @escaping @Sendable (inout Value, Reader) throws -> Void
    ) throws {
        self.file = file
        self.value = value
        self.fold = fold
        self.atEnd = atEnd
        tally = try file.checksum.map(ContentTally.init)
        records = try Inflated(file.makeReader(), limit: file.sizeLimit, holdingTo: file.inflatedChecksum)
    }

    func take(_ chunk: [UInt8]) throws {
        tally?.take(chunk)
        if failure != nil { return try pass(over: chunk) }
        try attempt {
            records.feed(chunk)
            while let record = try records.next() { try fold(&value, record) }
        }
    }

    nonisolated func check(_ response: Response) throws {
        if !file.mediaTypes.isEmpty { try response.hold(toTypes: file.mediaTypes) }
    }

    func finish() throws -> Value {
        try attempt {
            while let record = try records.finish() { try fold(&value, record) }
        }
        try file.verify(tally)
        try attempt { try atEnd(&value, records.reader) }
        if let failure { throw file.unreadable(failure, isFinal: file.checksum != nil) }
        return value
    }

    /// Does `body`, unless something has failed before; keeps what it throws where there is a checksum to wait for.
    private func attempt(_ body: () throws -> Void) throws {
        guard failure == nil else { return }
        do {
            try body()
        } catch {
            guard file.checksum != nil else { throw file.unreadable(error) }
            failure = error
        }
    }

    private func pass(over chunk: [UInt8]) throws {
        unread += chunk.count
        if let failure, unread > Self.mostUnread { throw file.unreadable(failure) }
    }
}

extension Download {
    /// - Throws: where a file that has come to its end is not the one that its checksum says.
    func verify(_ tally: ContentTally?) throws {
        if let difference = tally?.difference() { throw malformed("its \(difference)") }
    }

    /// Does `body`; what it throws says that the file cannot be read.
    func readable<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch {
            throw unreadable(error)
        }
    }

    /// - Parameter isFinal: whether the file has proven to be the right one. What a plug-in says of it stays as it is.
    func unreadable(_ cause: any Error, isFinal: Bool = false) -> WireError {
        if let cause = cause as? WireError { return cause }
        let reason = "the file cannot be read\(isFinal ? ", though its checksum is right" : ""): \(cause)"
        return malformed(reason, cause, isFinal)
    }

    private func malformed(_ reason: String, _ cause: (any Error)? = nil, _ isFinal: Bool = false) -> WireError {
        WireError(.malformed, url: url, reason, status: 200, cause: cause, isFinal: isFinal)
    }
}
