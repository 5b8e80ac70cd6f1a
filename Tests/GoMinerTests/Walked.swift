import Foundation
import GoMiner
import MinerHarness
import PackageMining
import Synchronization

/// What walking the windows of an index brought, in a run whose clock stands still at its beginning.
struct Walked {
    var names: [String] = []
    var problems: [Problem] = []
    var asked: [String] = []
    var last: IndexCursor?

    static func walk(
        _ session: StubSession, limit: Int = 2_000, mayFork: Bool = false, after walked: [IndexCursor] = [],
        began: String = "2019-05-01T00:00:00Z"
    ) async throws -> Walked {
        let miner = try GoMiner(indexURL: "https://registry.test/index", pageLimit: limit)
        let began = Date(timeIntervalSince1970: Double(IndexTime(began.utf8)!.nanoseconds) / 1e9)
        let result = Mutex(Walked())
        var spans = miner.spans(of: RunFacts(began: began), after: walked.map(GoCursor.index))
        while let span = spans.popLast() {
            let forks = Mutex<[GoCursor]>([])
            let sink = PageSink<GoCursor>(mayFork: mayFork) {
            } store: { page, next, forked in
                forks.withLock { $0 += forked }
                result.withLock { walked in
                    page.withEntries { walked.names += $0.map { String(decoding: $0.name, as: UTF8.self) } }
                    walked.problems += page.problems
                    walked.last = next.index
                }
            } now: {
                began
            }
            try await miner.list(from: span, through: session, into: sink)
            spans += forks.withLock { $0 }
        }
        result.withLock { $0.asked = session.requests }
        return result.withLock { $0 }
    }
}
