import Foundation
import MinerTestKit
import PackageMining
import Synchronization

/// A library of two shelves, the registry behind `ShelfMiner`: `/shelf/a?after=12` has the books behind the twelfth, a
/// page of them, and `/book/NAME` tells of one.
final class ShelfRegistry: RegistryFixture {
    private struct Book: Encodable {
        let id: Int64
        let name: String
    }

    private struct State {
        var names = (1...14).map { "book-\($0)" }
        var pageSize = 4

        /// How often all books are listed, one time behind the other.
        var repetitions = 1

        /// The books of odd numbers stand on one shelf, the others on the other one.
        func page(after id: Int64, isOdd: Bool) -> [Book] {
            let first = id + (((id + 1) % 2 == 1) == isOdd ? 1 : 2)
            return stride(from: first, through: Int64(names.count * repetitions), by: 2).prefix(pageSize).map { id in
                Book(id: id, name: names[Int(id - 1) % names.count])
            }
        }
    }

    private let state = Mutex(State())
    private let raw = RawNames()
    let flaw: ShelfFlaw?

    /// Outlives the runs, so that what a miner has left in it is found.
    private let scratch: ScratchFolder?

    init(_ flaw: ShelfFlaw? = nil) throws {
        self.flaw = flaw
        scratch = flaw == .keepsFiles ? try ScratchFolder(named: "shelf") : nil
    }

    func miner(at baseURL: String) -> ShelfMiner { ShelfMiner(url: baseURL, flaw: flaw, scratch: scratch) }

    func kind(of request: LoopbackRequest) -> RequestKind { request.path.hasPrefix("/shelf/") ? .listing : .lookUp() }

    func answer(to request: LoopbackRequest) -> LoopbackAnswer {
        let state = state.withLock { $0 }
        if let after = request.query("after").flatMap(Int64.init) {
            return raw.put(into: json(state.page(after: after, isOdd: request.path == "/shelf/a")))
        }
        let name = request.decodedPath.unicodeScalars.dropFirst("/book/".unicodeScalars.count)
        guard let index = state.names.firstIndex(where: { $0.unicodeScalars.elementsEqual(name) }) else {
            return .text(404, "no such book")
        }
        return json(["repository": link(index + 1)].compactMapValues(\.self))
    }

    var expected: [ExpectedRow] {
        state.withLock(\.names).enumerated().filter { !RawNames.isOne($0.element) }
            .map { ExpectedRow($0.element, homepage: link($0.offset + 1), repository: link($0.offset + 1)) }
    }

    func grow() { _ = add(names: (1...4).map { "new-\($0)" }) }

    var pace: Pace? { ShelfMiner.pace }

    var pageSizes: [Int] { [1, 2, 3] }
    func setPageSize(_ size: Int) { state.withLock { $0.pageSize = size } }

    func add(names: [String]) -> Bool {
        state.withLock { $0.names += names }
        return true
    }

    func add(rawNames: [[UInt8]]) -> Bool { add(names: raw.add(rawNames)) }

    func repeatEntries(_ times: Int) -> Bool {
        state.withLock { $0.repetitions = times }
        return true
    }

    func emptyPage(for request: LoopbackRequest) -> LoopbackAnswer? { .json("[]") }

    /// Each fifth book has no repository.
    private func link(_ id: Int) -> String? {
        id % 5 == 0 ? nil : "https://books.test/\(id)"
    }

    private func json(_ value: some Encodable) -> LoopbackAnswer {
        .json(String(decoding: (try? JSONEncoder().encode(value)) ?? Data(), as: UTF8.self))
    }
}
