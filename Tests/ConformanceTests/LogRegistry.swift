import Foundation
import MinerTestKit
import PackageMining
import Synchronization

/// `/log/1?after=7` has the events of odd numbers behind the seventh, a page of them, and `/package/NAME` tells of one.
///
/// Each package was changed, deleted, and changed again; and between each and the next one, another was deleted that is
/// there no longer.
final class LogRegistry: RegistryFixture {
    private struct State {
        var names = (1...10).map { "package-\($0)" }
        var pageSize = 4
        var repetitions = 1

        func event(_ id: Int64) -> LogMiner.Event {
            let number = Int((id - 1) / 4) % names.count
            let word = (id - 1) % 4
            return LogMiner.Event(
                id: id, name: word == 3 ? "gone-\(number)" : names[number], isDeleted: word == 1 || word == 3)
        }

        func page(after id: Int64, half: Int64) -> [LogMiner.Event] {
            let first = id + ((id + 1) % 2 == half ? 1 : 2)
            return stride(from: first, through: Int64(names.count * 4 * repetitions), by: 2).prefix(pageSize).map(event)
        }
    }

    private let state = Mutex(State())

    func miner(at baseURL: String) -> LogMiner { LogMiner(url: baseURL) }

    func kind(of request: LoopbackRequest) -> RequestKind { request.path.hasPrefix("/log/") ? .listing : .lookUp() }

    func answer(to request: LoopbackRequest) -> LoopbackAnswer {
        let state = state.withLock { $0 }
        if let after = request.query("after").flatMap(Int64.init) {
            return json(state.page(after: after, half: request.path == "/log/1" ? 1 : 0))
        }
        let name = request.decodedPath.unicodeScalars.dropFirst("/package/".unicodeScalars.count)
        guard let index = state.names.firstIndex(where: { $0.unicodeScalars.elementsEqual(name) }) else {
            return .text(404, "no such package")
        }
        return json(["repository": "https://log.test/\(index)"])
    }

    var expected: [ExpectedRow] {
        state.withLock(\.names).enumerated().map { index, name in
            // No URL can hold these.
            [".", ".."].contains(name)
                ? ExpectedRow(name, outcome: .invalidName)
                : ExpectedRow(name, repository: "https://log.test/\(index)")
        }
    }

    func grow() { _ = add(names: (1...4).map { "new-\($0)" }) }

    var pageSizes: [Int] { [1, 2, 3] }
    func setPageSize(_ size: Int) { state.withLock { $0.pageSize = size } }

    func add(names: [String]) -> Bool {
        state.withLock { $0.names += names }
        return true
    }

    /// There are four events for each package.
    func repeatEntries(_ times: Int) -> Bool {
        state.withLock { $0.repetitions = max(1, times / 4) }
        return true
    }

    func emptyPage(for request: LoopbackRequest) -> LoopbackAnswer? { .json("[]") }

    private func json(_ value: some Encodable) -> LoopbackAnswer {
        .json(String(decoding: (try? JSONEncoder().encode(value)) ?? Data(), as: UTF8.self))
    }
}
