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
        /// Where it lay, where that was not at its URL.
        var place: String?
        /// Whether it lay nowhere.
        var isAbsent: Bool?

        /// A state is kept for long and read by many: the URL's credentials are not in it.
        init(url: String, validators: Validators?, checksum: String?, place: String? = nil) {
            self.url = urlWithoutCredentials(url)
            self.validators = validators
            self.checksum = checksum
            self.place = place.map(urlWithoutCredentials)
        }

        /// They say something of the place alone that they came from.
        func validators(at place: String) -> Validators? {
            (self.place ?? url) == urlWithoutCredentials(place) ? validators : nil
        }
    }

    /// The files of the list; nil where none was taken to its end.
    var files: [File]?

    /// The documents that named them.
    var indices: [File]?

    /// When the registry made the list, where it says so; of a list that does not, when it made the last that does.
    public internal(set) var time: Date?

    /// The same of each part of a list, by its name, where several make one.
    var times: [String: Date]?

    /// The names of the parts that the list is made of, where the registry says which; those too that it lacks for now.
    public internal(set) var parts: [String]?

    /// Until when the list is good, where the registry says so.
    var end: Date?

    /// Whether it was past that when it was taken.
    var isOverdue: Bool?

    /// The number by which the registry counts the states of its list, where it has one.
    public internal(set) var serial: Int64?

    /// The same list, of which no file is known.
    var withoutFiles: SnapshotCursor {
        var cursor = self
        (cursor.files, cursor.indices) = (nil, nil)
        return cursor
    }

    /// The same where it is made of parts, of which none is known either: a missing one is missed no more.
    var withoutParts: SnapshotCursor {
        guard parts != nil else { return self }
        var cursor = withoutFiles
        cursor.parts = nil
        return cursor
    }

    /// Holds a list against the one that was taken last.
    ///
    /// To be called as soon as the time is known: it may stand in front of gigabytes.
    ///
    /// - Parameters:
    ///   - time: when the registry made the list.
    ///   - url: what tells it.
    ///   - part: the name of a list that is one of several that make one.
    /// - Throws: a final `WireError` for a list that is older, as a mirror that lags behind has one.
    public func hold(_ time: Date, of part: String? = nil, at url: String) throws {
        guard let last = part.map({ times?[$0] }) ?? self.time, time < last else { return }
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

    func file(at url: String) -> File? {
        let url = urlWithoutCredentials(url)
        return ((files ?? []) + (indices ?? [])).first { $0.url == url }
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
