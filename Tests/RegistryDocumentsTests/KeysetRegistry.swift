import MinerHarness
import PackageMining
import RegistryDocuments
import Synchronization

/// A registry that lists its rows by key, from the key that is asked for on; and a session that asks it.
///
/// A row is a line, `3 name`. `/from/3/2` is the second page from the key 3 on.
final class KeysetRegistry: InMemoryRegistry {
    struct Row: Hashable {
        var key: Int
        let name: String
    }

    struct State {
        var rows: [Row] = []
        var pageSize = 3

        /// Whether each page is told as if it were the first.
        var ignoresPages = false

        /// Whether the key is passed over, and all rows are told by name.
        var ignoresKeys = false

        /// Pages that are cut behind their first row, by their number among all requests.
        var shortPages: Set<Int> = []

        var asked: [String] = []

        /// What happens before an answer, by its number.
        var events: [Int: @Sendable (inout [Row]) -> Void] = [:]
    }

    let state: Mutex<State>

    init(_ rows: [(Int, String)], pageSize: Int = 3) {
        state = Mutex(State(rows: rows.map { Row(key: $0.0, name: $0.1) }, pageSize: pageSize))
    }

    var rows: [Row] { state.withLock(\.rows) }
    var asked: [String] { state.withLock(\.asked) }

    /// A session asks again for what cannot be what was asked for.
    var attempts: Int { 3 }

    func answer(to request: Request) -> Response {
        let body = state.withLock { state in
            state.asked.append(request.url)
            state.events[state.asked.count]?(&state.rows)
            return state.page(request.url)
        }
        return Response(status: 200, url: request.url, body: Array(body.utf8))
    }
}

extension KeysetRegistry.State {
    fileprivate func page(_ url: String) -> String {
        let numbers = url.split(separator: "/").compactMap { Int($0) }
        let told =
            ignoresKeys
            ? rows.sorted { $0.name < $1.name }
            : rows.filter { $0.key >= numbers[0] }.sorted { ($0.key, $0.name) < ($1.key, $1.name) }
        let page = told.dropFirst(ignoresPages ? 0 : (numbers[1] - 1) * pageSize).prefix(pageSize)
        return page.prefix(shortPages.contains(asked.count) ? 1 : pageSize).map { "\($0.key) \($0.name)\n" }.joined()
    }
}
