import PackageMining
import RecordReaders

/// What came of files, and which these were.
struct Contents<Value: Sendable>: Sendable {
    var value: Value
    var files: [SnapshotCursor.File] = []
    var absent: [String: WireError] = [:]

    func with(_ value: Value, of file: SnapshotCursor.File) -> Contents {
        Contents(value: value, files: files + [file], absent: absent)
    }

    func lacking(_ url: String, _ error: WireError) -> Contents {
        var file = SnapshotCursor.File(url: url, validators: nil, checksum: nil)
        file.isAbsent = true
        return Contents(value: value, files: files + [file], absent: absent.merging([url: error]) { $1 })
    }
}

/// How the records of files are folded into a value.
struct Fold<Reader: RecordReader, Value: Sendable>: Sendable {
    let session: any RegistrySession
    let take: @Sendable (inout Value, Reader.Record, String) throws -> Void
    let atEnd: @Sendable (inout Value, Reader, String) throws -> Void

    /// - Returns: nil where the file is the one that is known.
    func contents(
        of file: Download<Reader>, unless known: SnapshotCursor.File?, behind before: Contents<Value>
    ) async throws -> Contents<Value>? {
        var missing: WireError?
        for place in file.preferredURLs + [file.url] {
            do {
                return try await contents(of: file, at: place, unless: known?.validators(at: place), behind: before)
            } catch let error as WireError where error.category == .absent {
                missing = error
            }
        }
        guard let missing else { return nil }
        guard file.isOptional else { throw missing }
        return known?.isAbsent == true ? nil : before.lacking(file.url, missing)
    }

    /// - Returns: nil where the file is as it was known there.
    private func contents(
        of file: Download<Reader>, at place: String, unless known: Validators?, behind before: Contents<Value>
    ) async throws -> Contents<Value>? {
        var there = file
        there.url = place
        let url = urlWithoutCredentials(file.url)
        let answer = try await there.reduce(into: before.value, unless: known, through: session) {
            try take(&$0, $1, url)
        } atEnd: {
            try atEnd(&$0, $1, url)
        }
        guard case .modified(let value, let validators) = answer else { return nil }
        let taken = SnapshotCursor.File(
            url: url, validators: validators, checksum: file.checksum?.value, place: place == file.url ? nil : place)
        return before.with(value, of: taken)
    }
}
