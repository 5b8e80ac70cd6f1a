import ContentDigest
public import Foundation
public import PackageMining
public import RecordReaders

/// Asks for the files of a registry's list, and for nothing that is as it was when the list was taken last.
public struct SnapshotSource: Sendable {
    public let session: any RegistrySession

    /// What was taken last.
    public let known: SnapshotCursor

    /// What is being taken.
    private(set) var taken = SnapshotCursor()

    private(set) var problems: [Problem] = []

    /// Whether a part of the list is missing.
    private(set) var lacksParts = false

    /// The optional files that lay nowhere, by their URLs.
    private var absent: [String: WireError] = [:]

    /// Whether the list is another one than the last: its files are read then, as they may be.
    private var isNews = false

    /// The checksums of the indices, by their URLs.
    private var indices: [String: String] = [:]

    /// The file that was gone when the list was read before, and the indices of then.
    private var before: (missing: WireError, indices: [String: String])?

    /// What the run's clock says.
    public let now: Date

    /// What is known of a list that is as it was, with what its indices say of it now.
    var confirmed: SnapshotCursor {
        guard let indices = taken.indices else { return known }
        var cursor = known
        cursor.indices = indices
        (cursor.time, cursor.serial) = (taken.time ?? known.time, taken.serial ?? known.serial)
        (cursor.times, cursor.end, cursor.parts) = (taken.times, taken.end, taken.parts)
        return cursor
    }

    init(_ session: any RegistrySession, known: SnapshotCursor, at now: Date) {
        self.session = session
        self.known = known
        self.now = now
    }

    /// A small document that names the files of the list by what is in them. Where it is as it was, so is the list, until
    /// it is past the time for which it was good.
    ///
    /// - Parameters:
    ///   - isPart: whether it is one of several documents that are an index together: that one is as it was says nothing
    ///     of the others, so that it is asked for whatever is known of it.
    ///   - read: what the document says; see ``PackageMining/RegistrySession/fetch(_:read:)``.
    public mutating func index<Answer: Sendable>(
        at url: String, isPart: Bool = false, bodyLimit: Int = 16 << 20, _ read: @Sendable (Response) throws -> Answer
    ) async throws -> Answer {
        var request = Request(url, bodyLimit: bodyLimit)
        if !isPart, known.end.map({ $0 >= now }) ?? true { request.known = known.file(at: url)?.validators }
        let found = try await session.fetch(request) { response -> Index<Answer>? in
            if response.isNotModified { return nil }
            return Index(
                answer: try read(response), checksum: try Digest.hex(of: response.body, by: .sha256),
                validators: Validators(of: response))
        }
        guard let found else { throw UnchangedSnapshot() }
        indices[url] = found.checksum
        if let before, !isPart, before.indices[url] == found.checksum { throw before.missing }
        taken.indices = (taken.indices ?? []) + [.init(url: url, validators: found.validators, checksum: nil)]
        return found.answer
    }

    /// The same where the document may lie at several places: the first that is there.
    public mutating func index<Answer: Sendable>(
        atFirstOf urls: [String], isPart: Bool = false, _ read: @Sendable (Response) throws -> Answer
    ) async throws -> Answer {
        for url in urls.dropLast() {
            do {
                return try await index(at: url, isPart: isPart, read)
            } catch let error as WireError where error.category == .absent && indices[url] == nil {}
        }
        return try await index(at: urls[urls.count - 1], isPart: isPart, read)
    }

    /// Notes when the registry made the list, once it is known.
    ///
    /// A time that lies a day ahead is not believed: by a clock that was wrong once, every later list would be old.
    ///
    /// - Parameters:
    ///   - part: its name, where the registry makes several lists, each in its own time, that are one here.
    ///   - url: what tells it.
    ///   - longestPause: how long the registry takes at most to make another, in seconds. A list that is older than that
    ///     lacks what came since, and that is noted.
    /// - Throws: where the list is older than the one that was taken last; see ``SnapshotCursor/hold(_:at:)``.
    public mutating func isOf(
        _ time: Date, of part: String? = nil, at url: String, longestPause: TimeInterval = .infinity
    ) throws {
        guard time < now.addingTimeInterval(24 * 60 * 60) else { return }
        try known.hold(time, of: part, at: url)
        taken.time = max(time, taken.time ?? time)
        if let part { taken.times = (taken.times ?? [:]).merging([part: time]) { $1 } }
        guard now.timeIntervalSince(time) > longestPause else { return }
        let days = Int(longestPause / (24 * 60 * 60))
        note(Problem(.gap, at: url, "it is of \(time.formatted(.iso8601)), more than \(days) days old"))
    }

    /// Notes until when the registry says that its list is good. One that is past that is an old copy, and that is noted.
    ///
    /// - Parameter url: what tells it.
    public mutating func isGood(until end: Date, at url: String) {
        taken.end = min(end, taken.end ?? end)
        guard end < now else { return }
        taken.isOverdue = true
        note(Problem(.gap, at: url, "it is an old copy: it was good until \(end.formatted(.iso8601))"))
    }

    /// Notes which of the parts are there that the registry may leave out, and that one which is not there is a gap.
    ///
    /// Of a part that was there when the list was taken last nobody knows which packages are its: whatever is not told
    /// stays in the list as it was, until no such part is missing or `--accept-shrinking` says that it is meant.
    ///
    /// - Parameters:
    ///   - names: those that are there.
    ///   - missing: those that should be there too.
    ///   - whole: what they are parts of, where the list is made of several such.
    ///   - url: what tells which there are.
    ///   - reason: what is wrong with one that is missing.
    public mutating func hasParts(
        _ names: [String], missing: [String], of whole: String? = nil, at url: String, _ reason: String
    ) {
        let prefix = whole.map { "\($0) " } ?? ""
        let known = (known.parts ?? []).filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
        for name in names { have(part: prefix + name) }
        for name in known where !names.contains(name) { lose(prefix + name, at: "\(name) of \(url)", reason) }
        for name in missing where !known.contains(name) { note(Problem(.gap, at: "\(name) of \(url)", reason)) }
    }

    private mutating func have(part: String) { taken.parts = ((taken.parts ?? []) + [part]).sorted() }

    private mutating func lose(_ part: String, at place: String, _ reason: String) {
        have(part: part)
        lacksParts = true
        let stays = "it was there before: what is not told stays until --accept-shrinking says that it is meant"
        note(Problem(.gap, at: place, "\(reason); \(stays)"))
    }

    /// Notes something in the list that is not right, and stays so where the list is as it was; see
    /// ``PackageMining/Page/note(_:)``.
    public mutating func note(_ problem: Problem) {
        problems.append(problem)
    }

    /// Notes the number by which the registry counts the states of its list, once it is known.
    ///
    /// - Throws: where it is lower than that of the list that was taken last, which only an old copy has.
    public mutating func isOf(_ serial: Int64, at url: String) throws {
        try known.hold(serial, at: url)
        taken.serial = serial
    }

    /// Says that packages may have changed though the files are as they were: the next run reads them all the same.
    public mutating func tellsNoChanges() {
        taken = taken.withoutFiles
    }

    /// Folds the records of a file into a value; see ``Download/reduce(into:through:_:atEnd:)``.
    ///
    /// The files that are read first decide whether there is anything new. What is read after them is part of it.
    public mutating func read<Reader: RecordReader, Value: Sendable>(
        _ file: Download<Reader>, into value: Value,
        _ take: @escaping @Sendable (_ value: inout Value, _ record: Reader.Record) throws -> Void,
        atEnd: @escaping @Sendable (_ value: inout Value, _ reader: Reader) throws -> Void = { _, _ in }
    ) async throws -> Value {
        try await read([file], into: value) {
            try take(&$0, $1)
            _ = $2
        } atEnd: {
            try atEnd(&$0, $1)
            _ = $2
        }
    }

    /// The answer of the registry that an optional file lies nowhere; nil of one that was read.
    public func absence<Reader>(of file: Download<Reader>) -> WireError? { absent[file.url] }

    /// Whether an optional file was there when the list was taken last.
    public func wasThere<Reader>(_ file: Download<Reader>) -> Bool {
        known.parts?.contains(urlWithoutCredentials(file.url)) == true
    }

    /// The same for several files that make one list, in their order, each told by its URL, without credentials. Where one
    /// has changed, or an optional one has come or gone, all are read; one that is gone is a part that is missing, as
    /// ``hasParts(_:missing:of:at:_:)`` has it.
    public mutating func read<Reader: RecordReader, Value: Sendable>(
        _ files: [Download<Reader>], into value: Value,
        _ take: @escaping @Sendable (_ value: inout Value, _ record: Reader.Record, _ url: String) throws -> Void,
        atEnd: @escaping @Sendable (_ value: inout Value, _ reader: Reader, _ url: String) throws -> Void = { _, _, _ in
        }
    ) async throws -> Value {
        let fold = Fold(session: session, take: take, atEnd: atEnd)
        var contents = Contents(value: value)
        if !isNews, let first = try await firstIfNews(of: files, into: contents, fold) { contents = first }
        for file in files.dropFirst(contents.files.count) {
            contents = try await fold.contents(of: file, unless: nil, behind: contents) ?? contents
        }
        if !isNews { taken.files = contents.files }
        isNews = true
        absent.merge(contents.absent) { $1 }
        for file in files where file.isOptional {
            let url = urlWithoutCredentials(file.url)
            switch absence(of: file) {
            case nil: have(part: url)
            case let absence? where wasThere(file): lose(url, at: url, absence.reason)
            default: break
            }
        }
        return contents.value
    }

    /// The contents of the first file, if it is the first that has changed. What stands before another is to be read
    /// before it.
    ///
    /// - Returns: nil where all files are to be read.
    /// - Throws: ``UnchangedSnapshot``
    private func firstIfNews<Reader, Value>(
        of files: [Download<Reader>], into contents: Contents<Value>, _ fold: Fold<Reader, Value>
    ) async throws -> Contents<Value>? {
        guard let last = known.files, last.map(\.identity).sorted() == files.map(\.identity).sorted(),
            known.isOverdue == taken.isOverdue, taken.parts == nil || known.parts == taken.parts
        else { return nil }
        // A checksum that is known says that a file has not changed, before it is asked for; so does a name.
        for (place, file) in files.enumerated() where file.checksum == nil && !file.isNamedByContent {
            let last = known.file(at: file.url)
            guard let news = try await fold.contents(of: file, unless: last, behind: contents) else { continue }
            return place == 0 ? news : nil
        }
        throw UnchangedSnapshot()
    }

    // MARK: - A list that changes while it is read

    var hasIndex: Bool { !indices.isEmpty && before == nil }

    /// Forgets what was taken, since a file was gone. An index that names the same files still makes that the error.
    mutating func beginAnew(without missing: WireError) {
        before = (missing, indices)
        indices = [:]
        absent = [:]
        problems = []
        lacksParts = false
        taken = SnapshotCursor()
        isNews = false
    }
}

/// The list is as it was when it was taken last.
struct UnchangedSnapshot: Error {}

private struct Index<Answer: Sendable>: Sendable {
    let answer: Answer
    let checksum: String
    let validators: Validators?
}

extension Download {
    /// See ``SnapshotCursor/File/identity``.
    fileprivate var identity: String { checksum?.value ?? urlWithoutCredentials(url) }
}
