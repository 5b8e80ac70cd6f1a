import Foundation
import MinerTestKit
import PackageMining
import Synchronization

/// A library of two shelves, the registry behind `ShelfMiner`: `/shelf/a?after=12` has the books behind the twelfth,
/// three a page, and `/book/NAME` tells of one.
final class ShelfRegistry: RegistryFixture {
    private struct Book: Encodable {
        let id: Int64
        let name: String
    }

    private struct State {
        var books = (1...14).map { Book(id: Int64($0), name: "book-\($0)") }
        var pageSize = 4
    }

    private let state = Mutex(State())
    let flaw: ShelfFlaw?

    init(_ flaw: ShelfFlaw? = nil) { self.flaw = flaw }

    func miner(at baseURL: String) -> ShelfMiner { ShelfMiner(url: baseURL, flaw: flaw) }

    func kind(of request: LoopbackRequest) -> RequestKind { request.path.hasPrefix("/shelf/") ? .listing : .lookUp() }

    func answer(to request: LoopbackRequest) -> LoopbackAnswer {
        let (books, pageSize) = state.withLock { ($0.books, $0.pageSize) }
        if let after = request.query("after").flatMap(Int64.init) {
            let isOdd = request.path == "/shelf/a"
            return json(Array(books.filter { ($0.id % 2 == 1) == isOdd && $0.id > after }.prefix(pageSize)))
        }
        let name = request.decodedPath.unicodeScalars.dropFirst("/book/".unicodeScalars.count)
        guard let book = books.first(where: { $0.name.unicodeScalars.elementsEqual(name) }) else {
            return .text(404, "no such book")
        }
        return json(["repository": link(book.id)].compactMapValues(\.self))
    }

    var expected: [ExpectedRow] {
        state.withLock(\.books).map { ExpectedRow($0.name, homepage: link($0.id), repository: link($0.id)) }
    }

    func grow() { add(count: 4) { "new-\($0)" } }

    var pageSizes: [Int] { [1, 2, 3] }
    func setPageSize(_ size: Int) { state.withLock { $0.pageSize = size } }

    func add(names: [String]) -> Bool {
        add(count: names.count) { names[$0] }
        return true
    }

    func emptyPage(for request: LoopbackRequest) -> LoopbackAnswer? { .json("[]") }

    private func add(count: Int, name: (Int) -> String) {
        state.withLock { state in
            let last = state.books.count
            for number in 0..<count { state.books.append(Book(id: Int64(last + number + 1), name: name(number))) }
        }
    }

    /// Each fifth book has no repository.
    private func link(_ id: Int64) -> String? {
        id % 5 == 0 ? nil : "https://books.test/\(id)"
    }

    private func json(_ value: some Encodable) -> LoopbackAnswer {
        .json(String(decoding: (try? JSONEncoder().encode(value)) ?? Data(), as: UTF8.self))
    }
}
