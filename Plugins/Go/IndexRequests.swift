import Foundation
import PackageMining

/// What the module index is asked.
struct IndexRequests {
    let url: String

    /// What stands behind `since` and `limit` in each request.
    let options: String
    let limit: Int
    let now: @Sendable () -> Date
    let session: any RegistrySession

    /// The page at a walk's place. While the index brings nothing new the session waits before it asks, longer each
    /// time: a second opinion of the same moment is none. The longest wait leaves half of a request's attempts to what
    /// fails on the wire.
    func page(for walk: IndexWalk) async throws -> IndexAnswer {
        var request = Request(address(since: walk.cursor.since, limit: limit))
        request.failures = min((walk.doubts + 1) / 2, 3)
        return try await answer(to: request, since: walk.cursor.sinceTime)
    }

    /// The first entry at a time or behind it.
    func firstEntry(from time: IndexTime) async throws -> IndexAnswer {
        try await answer(to: Request(address(since: time.text, limit: 1)), since: time)
    }

    private func answer(to request: Request, since: IndexTime?) async throws -> IndexAnswer {
        let now = IndexTime(nanoseconds: Int64(now().timeIntervalSince1970) * IndexTime.second)
        return try await session.fetch(request) { try IndexAnswer($0, since: since, now: now) }
    }

    private func address(since: String?, limit: Int) -> String {
        // A bare `+` of an offset would be read as a space.
        let since = since.map { "since=\($0.replacing("+", with: "%2B"))&" } ?? ""
        return url + (url.contains("?") ? "&" : "?") + since + "limit=\(limit)" + options
    }
}
