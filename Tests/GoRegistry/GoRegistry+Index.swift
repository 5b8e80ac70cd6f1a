import Foundation
import MinerTestKit
import PackageMining
import Synchronization

extension GoRegistry {
    /// `GET /index?since=…&limit=…&include=all`, as https://index.golang.org has it.
    func indexAnswer(to request: LoopbackRequest) -> LoopbackAnswer {
        let query = request.query
        func value(_ name: String) -> String? { query.first { $0.name == name }?.value }

        var since: EntryTime?
        if let text = value("since") {
            since = EntryTime(text)
            if since == nil { return .text(400, "bad request: since: cannot parse \"\(text)\" as RFC 3339") }
        }
        var limit = pageSize
        if let text = value("limit") {
            guard let wanted = Int(text), wanted > 0 else { return .text(400, "bad request: limit: \"\(text)\"") }
            limit = min(limit, wanted)
        }
        return page(since: since, limit: limit, includesUnavailable: value("include") == "all")
    }

    private func page(since: EntryTime?, limit: Int, includesUnavailable: Bool) -> LoopbackAnswer {
        let (index, isAlive) = state.withLock { ($0.index, $0.isAlive) }
        var body = index.page(since: since, limit: limit, includesUnavailable: includesUnavailable)
        let lines = body.count { $0 == UInt8(ascii: "\n") }
        if isAlive, lines < limit { body += Array((Self.latest.json + "\n").utf8) }
        return LoopbackAnswer(200, headers: [Header("Content-Type", "application/json")], body: body)
    }

    /// An entry of an hour to come.
    private static var latest: GoIndexEntry {
        let time = EntryTime(nanoseconds: (Int64(Date().timeIntervalSince1970) + 3_600) * 1_000_000_000)
        return GoIndexEntry("example.org/latest", "v1.0.0", at: time)
    }
}
