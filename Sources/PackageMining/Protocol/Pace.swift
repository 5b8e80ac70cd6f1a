/// What a registry bears, where its operators say so or it was seen: write beside it where that stands.
///
/// The session never asks faster. How many requests the host bears below that it learns from the answers.
public struct Pace: Hashable, Sendable {
    /// The most requests in flight; nil where nobody says.
    public let atOnce: Int?

    /// The least time from one request to the next. So many a minute are spread over the minute.
    public let interval: Duration

    /// For how long at least the registry locks out whoever asks faster, so that a refusal (429) ends the asking. Nil
    /// where a refusal asks for patience alone, which is waited for.
    public let ban: Duration?

    /// For how long from each full hour on nothing is asked: that is when the timers of all others ask.
    public let hourlyRest: Duration

    /// - Parameters:
    ///   - atOnce: the most requests in flight, 1 or more.
    ///   - perMinute: the most requests in any minute, 1 or more.
    ///   - interval: the least time from one request to the next.
    ///   - ban: how long the first ban lasts of a registry that bans.
    ///   - hourlyRest: less than an hour.
    public init(
        atOnce: Int? = nil, perMinute: Int? = nil, interval: Duration = .zero, ban: Duration? = nil,
        hourlyRest: Duration = .zero
    ) {
        self.hourlyRest = min(max(.zero, hourlyRest), .seconds(3_540))
        self.ban = ban
        self.atOnce = atOnce.map { max(1, $0) }
        self.interval = max(interval, perMinute.map { .seconds(60) / max(1, $0) } ?? .zero)
    }

    /// What two registries bear that share a host.
    package func kept(with other: Pace) -> Pace {
        Pace(
            atOnce: [atOnce, other.atOnce].compactMap(\.self).min(), interval: max(interval, other.interval),
            ban: [ban, other.ban].compactMap(\.self).max(), hourlyRest: max(hourlyRest, other.hourlyRest))
    }
}
