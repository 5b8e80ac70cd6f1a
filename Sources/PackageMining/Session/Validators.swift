public import Foundation

/// What tells one state of a resource from another, as an answer gave it: its ETag and its Last-Modified (RFC 9110,
/// 8.8).
///
/// A plug-in keeps them in its cursor, and asks with them (``Request/known``) whether anything has changed. They say
/// something of the URL alone that they came from.
public struct Validators: Codable, Hashable, Sendable {
    /// With its quotes and, where it is a weak one, its `W/`.
    public let etag: String?

    /// As it was given: a server may compare it as a text, and not as a time.
    public let lastModified: String?

    /// Nil where the answer tells neither.
    public init?(of response: Response) {
        etag = response.header("ETag").flatMap { isEntityTag($0) ? $0 : nil }
        lastModified = response.header("Last-Modified").flatMap { $0.isEmpty ? nil : $0 }
        if etag == nil && lastModified == nil { return nil }
    }

    package init?(etag: String?, lastModified: String?) {
        (self.etag, self.lastModified) = (etag, lastModified)
        if etag == nil && lastModified == nil { return nil }
    }

    /// When the state was made, as its Last-Modified says; nil where that tells none.
    public var modified: Date? { lastModified.flatMap(httpDate) }

    /// The same without the ETag: of copies of one file on several servers, which give it a tag each, the time holds.
    public var byTime: Validators? { Validators(etag: nil, lastModified: lastModified) }

    /// The field that asks for anything but this state. A tag goes before a time, which is whole seconds only.
    package var condition: Header {
        etag.map { Header("If-None-Match", $0) } ?? Header("If-Modified-Since", lastModified ?? "")
    }

    /// The tag, where equal tags mean equal bytes. A weak one does not say so.
    package var strongTag: String? {
        etag.flatMap { $0.hasPrefix("W/") ? nil : $0 }
    }
}

extension Request {
    /// What the state that is known makes of the request; nil where the rest of a file is wanted.
    package var condition: Header? { offset == 0 ? known?.condition : nil }
}

/// A quoted text without quotes inside (RFC 9110, 8.8.3). A bare `*` would stand for any state at all.
private func isEntityTag(_ text: String) -> Bool {
    let tag = (text.hasPrefix("W/") ? text.dropFirst(2) : text[...]).utf8
    guard tag.count >= 2, tag.first == UInt8(ascii: "\""), tag.last == UInt8(ascii: "\"") else { return false }
    return tag.dropFirst().dropLast().allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\"") }
}

/// What a request brought that had validators.
public enum ConditionalAnswer<Content: Sendable>: Sendable {
    /// The registry still has the state that was known.
    case notModified

    /// What it has now, and what tells that from later states; nil where the registry says nothing of the kind.
    case modified(Content, Validators?)
}

extension ConditionalAnswer: Equatable where Content: Equatable {}
