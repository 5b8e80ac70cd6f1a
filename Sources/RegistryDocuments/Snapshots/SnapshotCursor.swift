public import Foundation
import PackageMining

/// What was taken of a list that is published in files: what tells whether the registry has another one now.
public struct SnapshotCursor: Codable, Hashable, Sendable {
    /// A file as it was taken.
    struct File: Codable, Hashable, Sendable {
        let url: String
        let validators: Validators?
        /// In hexadecimal, where an index told it.
        let checksum: String?

        /// A state is kept for long and read by many: the URL's credentials are not in it.
        init(url: String, validators: Validators?, checksum: String?) {
            self.url = urlWithoutCredentials(url)
            self.validators = validators
            self.checksum = checksum
        }
    }

    /// The files of the list; nil where none was taken to its end.
    var files: [File]?

    /// The documents that named them.
    var indices: [File]?

    /// When the registry made the list, where it says so; of a list that does not, when it made the last that does.
    public internal(set) var time: Date?

    /// The number by which the registry counts the states of its list, where it has one.
    public internal(set) var serial: Int64?

    /// The same list, of which no file is known.
    var withoutFiles: SnapshotCursor {
        var cursor = self
        (cursor.files, cursor.indices) = (nil, nil)
        return cursor
    }

    /// Holds a list against the one that was taken last.
    ///
    /// To be called as soon as the time is known: it may stand in front of gigabytes.
    ///
    /// - Parameters:
    ///   - time: when the registry made the list.
    ///   - url: what tells it.
    /// - Throws: a final `WireError` for a list that is older, as a mirror that lags behind has one.
    public func hold(_ time: Date, at url: String) throws {
        guard let last = self.time, time < last else { return }
        throw older(text(time), than: text(last), at: url)
    }

    /// The same by the number of a list's state.
    public func hold(_ serial: Int64, at url: String) throws {
        guard let last = self.serial, serial < last else { return }
        throw older("serial \(serial)", than: "serial \(last)", at: url)
    }

    private func older(_ found: String, than last: String, at url: String) -> WireError {
        let reason = "it is of \(found), older than the list that was taken last, of \(last)"
        return WireError(.outdated, url: url, reason, status: 200, isFinal: true)
    }

    func validators(of url: String) -> Validators? {
        let url = urlWithoutCredentials(url)
        return ((files ?? []) + (indices ?? [])).first { $0.url == url }?.validators
    }
}

extension SnapshotCursor.File {
    /// What it is known by: where an index tells a checksum, a file may have another name each time.
    var identity: String { checksum ?? url }
}

private func text(_ time: Date) -> String {
    // Nobody has a calendar for all numbers.
    abs(time.timeIntervalSince1970) < 1e11 ? time.formatted(.iso8601) : "\(time.timeIntervalSince1970) s since 1970"
}
