import Foundation
import MinerTestKit
import PackageMining
import RegistryDocuments
import Synchronization

/// The members of a club whose list is told by numbered pages and shifts: right without a flaw, and with one it trusts
/// that a page begins where the one before it ended.
struct PagerMiner: EcosystemMiner {
    struct Cursor: Codable, Sendable {
        var place = PagedCursor()
        var page = 1
    }

    let url: String
    let trustsPageNumbers: Bool

    var ecosystem: Ecosystem {
        Ecosystem(
            id: "pager", platform: trustsPageNumbers ? "Wrong on purpose" : "Pager", fileName: "Pager",
            purlType: "generic", registries: [Registry(name: "pages", url: url)])
    }

    func spans(of run: RunFacts, after walked: [Cursor]) -> [Cursor] { [Cursor()] }

    func list(from cursor: Cursor, through session: any RegistrySession, into sink: PageSink<Cursor>) async throws {
        if cursor.place == PagedCursor(), cursor.page == 1 { try await sink.beginSnapshot() }
        if trustsPageNumbers { return try await count(from: cursor, session, sink) }
        let walk = PagedWalk(.byNumber(ofMost: 5)) { [url] window in
            Request("\(url)/members?page=\(window.number)&size=\(window.size)")
        } read: { response in
            var page = PagedPage()
            for name in try Self.names(in: response) { page.append(name: name, Release(version: "")) }
            return page
        }
        try await walk.run(from: cursor.place, through: session) { page, place in
            try await sink.push(page, next: Cursor(place: place))
        }
    }

    private func count(
        from start: Cursor, _ session: any RegistrySession, _ sink: PageSink<Cursor>
    ) async throws {
        var cursor = start
        var emptyAnswers = 0
        while emptyAnswers < 2 {
            let request = Request("\(url)/members?page=\(cursor.page)&size=5")
            let names = try await session.fetch(request) { try Self.names(in: $0) }
            if names.isEmpty {
                emptyAnswers += 1
                continue
            }
            emptyAnswers = 0
            cursor.page += 1
            var page = Page()
            for name in names { page.append(name: name) }
            try await sink.push(page, next: cursor)
        }
    }

    private static func names(in response: Response) throws -> [String] {
        let body = Data(try response.bodyOfSuccess())
        do {
            return try JSONDecoder().decode([String].self, from: body)
        } catch {
            throw response.malformed("no page of members", cause: error)
        }
    }
}

/// The club's registry: the oldest members first.
final class PagerRegistry: RegistryFixture {
    private struct State {
        /// The names of each listing, before and after the club grew.
        var listings = [(0..<12).map { "member-\($0)" }]
        var removed: Set<String> = []
        var pageSize = 5
    }

    private let state = Mutex(State())
    let trustsPageNumbers: Bool

    init(trustsPageNumbers: Bool = false) { self.trustsPageNumbers = trustsPageNumbers }

    func miner(at baseURL: String) -> PagerMiner { PagerMiner(url: baseURL, trustsPageNumbers: trustsPageNumbers) }

    func kind(of request: LoopbackRequest) -> RequestKind { .listing }

    func answer(to request: LoopbackRequest) -> LoopbackAnswer {
        let state = state.withLock { $0 }
        guard let page = request.query("page").flatMap(Int.init), let size = request.query("size").flatMap(Int.init)
        else { return .text(404, "no such page") }
        let there = state.listings.flatMap(\.self).filter { !state.removed.contains($0) }
        let taken = min(size, state.pageSize)
        let names = Array(there.dropFirst((page - 1) * taken).prefix(taken))
        return .json(String(decoding: (try? JSONEncoder().encode(names)) ?? Data(), as: UTF8.self))
    }

    /// No place tells which name came first, so that those of one listing are in their own order.
    var expected: [ExpectedRow] {
        let state = state.withLock { $0 }
        return state.listings.flatMap { names in
            names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { name in
                ExpectedRow(name, outcome: state.removed.contains(name) ? .withdrawn : nil)
            }
        }
    }

    func grow() { state.withLock { $0.listings.append((1...3).map { "new-\($0)" }) } }

    func remove(_ name: String) -> Bool {
        state.withLock { $0.removed.insert(name).inserted }
    }

    var pageSizes: [Int] { [1, 2, 3] }
    func setPageSize(_ size: Int) { state.withLock { $0.pageSize = size } }
    func emptyPage(for request: LoopbackRequest) -> LoopbackAnswer? { .json("[]") }
    var isListedWhole: Bool { true }
}
