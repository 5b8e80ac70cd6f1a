public import Foundation

/// Why a registry gave no usable answer.
public struct WireError: Error, Sendable {
    public enum Category: String, Codable, CaseIterable, Sendable {
        /// The registry asks for patience (429, 503), and went on to do so.
        case throttled
        /// The registry locks out who asks faster than it bears (``Pace/ban``). It is asked nothing any more.
        case banned
        /// No answer: no connection, a time-out, a broken transfer, a server error.
        case unreachable
        /// The registry, or a rule of safety, refuses: 4xx, a redirect to nowhere good, an unknown authority.
        case refused
        /// The registry does not have it (404, 410).
        case absent
        /// An answer that cannot be what was asked for.
        case malformed
        /// A list from before the one that was taken last, as a cache or a mirror that lags behind has one.
        case outdated = "old copy"
        /// A body beyond its limit.
        case tooLarge = "too large"
        /// The run was stopped.
        case cancelled
    }

    public let category: Category

    /// What was asked for, without credentials.
    public let url: String

    /// What happened, in words.
    public let reason: String

    /// The status of the last answer, where there was one.
    public let status: Int?

    /// How often it was tried.
    public var attempts: Int

    /// What lies beneath: the transport's error, a parser's.
    public let cause: (any Error)?

    /// Whether the answer is known to be what the registry means to say, so that asking again brings the same: one that
    /// was read to its end and lacks something, a file whose checksum is right.
    public let isFinal: Bool

    /// When the registry may be asked again, where it has said so or is known to let nobody in before.
    public let mayBeAskedAt: Date?

    public init(
        _ category: Category, url: String, _ reason: String, status: Int? = nil, attempts: Int = 1,
        cause: (any Error)? = nil, isFinal: Bool = false, mayBeAskedAt: Date? = nil
    ) {
        self.isFinal = isFinal
        self.mayBeAskedAt = mayBeAskedAt
        self.category = category
        self.url = urlWithoutCredentials(url)
        self.reason = reason
        self.status = status
        self.attempts = attempts
        self.cause = cause
    }

    /// Whether asking again may bring another answer.
    public var isWorthRetrying: Bool {
        !isFinal && (category == .throttled || category == .unreachable || category == .malformed)
    }
}

extension WireError: CustomStringConvertible {
    /// One line that is safe to print: `unreachable: no answer within 30 s (5 attempts)`.
    public var description: String {
        let tries = attempts == 1 ? "" : " (\(attempts) attempts)"
        return printable("\(category.rawValue): \(reason)\(tries)")
    }
}
