import Foundation
import MinerHarness
import PackageMining
import Synchronization

/// A registry in memory for `CrumbMiner`, which can grow, fail, and count what it is asked.
final class CrumbRegistry: InMemoryRegistry {
    struct Crumb: Sendable {
        var name: String
        var repository: String?
    }

    private struct State {
        var crumbs: [Crumb]
        var asked: [String] = []
        var failing: Set<String> = []
        var stopAfter: Int?
    }

    private let state: Mutex<State>
    let pageSize: Int

    init(_ crumbs: [Crumb], pageSize: Int = 3) {
        state = Mutex(State(crumbs: crumbs))
        self.pageSize = pageSize
    }

    convenience init(count: Int, pageSize: Int = 3) {
        self.init(
            (1...count).map { Crumb(name: "crumb-\($0)", repository: "https://g.test/\($0)") }, pageSize: pageSize)
    }

    var asked: [String] { state.withLock { $0.asked } }

    func forgetAsked() { state.withLock { $0.asked = [] } }
    func grow(_ crumbs: [Crumb]) { state.withLock { $0.crumbs += crumbs } }
    func setFailing(_ names: Set<String>) { state.withLock { $0.failing = names } }

    /// From that request on all are cancelled, as they are when a run is stopped.
    func stop(after requests: Int?) {
        state.withLock { state in state.stopAfter = requests.map { state.asked.count + $0 } }
    }

    func answer(to request: Request) throws -> Response {
        let isStopped = state.withLock { state in
            if let stopAfter = state.stopAfter, state.asked.count >= stopAfter { return true }
            state.asked.append(request.url)
            return false
        }
        if isStopped { throw WireError(.cancelled, url: request.url, "the run was stopped") }
        return try answer(request.url)
    }

    func activity() -> SessionActivity {
        var activity = SessionActivity()
        activity.requests = asked.count
        return activity
    }

    private func answer(_ url: String) throws -> Response {
        let state = state.withLock { $0 }
        if let after = url.components(separatedBy: "?after=").dropFirst().first.flatMap(Int.init) {
            let crumbs = state.crumbs.enumerated().dropFirst(after).prefix(pageSize)
            return try json(url, crumbs.map { ["id": $0.offset + 1, "name": $0.element.name] as [String: Any] })
        }
        let name = url.components(separatedBy: "/packages/").last?.removingPercentEncoding ?? ""
        if state.failing.contains(name) {
            throw WireError(.unreachable, url: url, "status 500", status: 500, attempts: 6)
        }
        guard let crumb = state.crumbs.last(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
            return Response(status: 404, url: url)
        }
        return try json(url, crumb.repository.map { ["homepage": $0 + "#home", "repository": $0] } ?? [:])
    }

    private func json(_ url: String, _ value: Any) throws -> Response {
        Response(status: 200, url: url, body: Array(try JSONSerialization.data(withJSONObject: value)))
    }
}
