import MinerHarness
import PackageMining
import Synchronization

/// A registry that lists names in their order, a name a line; and a session that asks it.
///
/// `/40/20` is the page of twenty behind the first forty, and `/page/3/20` the third of twenty.
final class PagedRegistry: InMemoryRegistry {
    struct State {
        var names: [String]

        /// The most rows of a page, whatever is asked for.
        var cap = Int.max

        /// Rows that no page shows, though they take a place.
        var hidden: Set<String> = []

        /// Pages that are cut behind their first row, by their number among all requests.
        var shortPages: Set<Int> = []

        var asked: [String] = []

        /// What happens before an answer, by its number.
        var events: [Int: @Sendable (inout [String]) -> Void] = [:]
    }

    let state: Mutex<State>

    init(_ names: [String], cap: Int = .max) { state = Mutex(State(names: names, cap: cap)) }

    var names: [String] { state.withLock(\.names) }
    var asked: [String] { state.withLock(\.asked) }

    func answer(to request: Request) -> Response {
        let body = state.withLock { state in
            state.asked.append(request.url)
            state.events[state.asked.count]?(&state.names)
            let numbers = request.url.split(separator: "/").compactMap { Int($0) }
            let size = min(numbers[1], state.cap)
            let offset = request.url.hasPrefix("/page") ? (numbers[0] - 1) * size : numbers[0]
            let page = state.names.dropFirst(offset).prefix(state.shortPages.contains(state.asked.count) ? 1 : size)
            return page.filter { !state.hidden.contains($0) }.map { "\($0)\n" }.joined()
        }
        return Response(status: 200, url: request.url, body: Array(body.utf8))
    }
}
