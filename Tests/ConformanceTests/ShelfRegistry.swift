import Foundation
import MinerTestKit
import PackageMining
import Synchronization

/// A library of two shelves, the registry behind `ShelfMiner`: `/shelf/a?after=12` has the entries behind the twelfth, a
/// page of them, and `/book/NAME` tells of a book.
final class ShelfRegistry: RegistryFixture {
    /// What is told of a book: that it came, that it has another edition, that it was taken back.
    private struct Entry: Encodable {
        var id: Int64 = 0
        /// In thousandths of a second.
        var time: Int64 = 0
        /// Missing where the entry cannot be read.
        var name: String?
        var edition = 1
        var isRemoved = false
    }

    private struct Card: Encodable {
        var repository: String?
        var links: [String: String] = [:]
    }

    private struct State {
        var entries: [Entry] = []
        var pageSize = 4

        /// How often all entries are listed, one time behind the other.
        var repetitions = 1

        /// Books that have a link under each of several labels.
        var manyLinked: Set<[UInt8]> = []

        /// A second behind the last entry.
        mutating func append(_ name: String?, edition: Int = 1, isRemoved: Bool = false, after pause: Int64 = 1_000) {
            let time = (entries.last?.time ?? 0) / 1_000 * 1_000 + pause
            entries.append(Entry(time: time, name: name, edition: edition, isRemoved: isRemoved))
        }

        /// The entries of odd numbers stand on one shelf, the others on the other one.
        func page(after id: Int64, isOdd: Bool, of size: Int) -> [Entry] {
            let first = id + (((id + 1) % 2 == 1) == isOdd ? 1 : 2)
            return stride(from: first, through: Int64(entries.count * repetitions), by: 2).prefix(size).map { id in
                var entry = entries[Int(id - 1) % entries.count]
                entry.id = id
                entry.time += (id - 1) / Int64(entries.count) * 1_000_000
                return entry
            }
        }

        /// The last word on each book, in the order of their first.
        var books: [Entry] {
            var places: [[UInt8]: Int] = [:]
            var books: [Entry] = []
            for entry in entries {
                guard let name = entry.name else { continue }
                if let place = places[Array(name.utf8)] {
                    books[place] = entry
                } else {
                    places[Array(name.utf8)] = books.count
                    books.append(entry)
                }
            }
            return books
        }
    }

    private let state: Mutex<State>
    private let raw = RawNames()
    let flaw: ShelfFlaw?

    /// Outlives the runs, so that what a miner has left in it is found.
    private let scratch: ScratchFolder?

    init(_ flaw: ShelfFlaw? = nil) throws {
        var state = State()
        for number in 1...14 { state.append("book-\(number)") }
        self.state = Mutex(state)
        self.flaw = flaw
        scratch = flaw == .keepsFiles ? try ScratchFolder(named: "shelf") : nil
    }

    func miner(at baseURL: String) -> ShelfMiner { ShelfMiner(url: baseURL, flaw: flaw, scratch: scratch) }

    func kind(of request: LoopbackRequest) -> RequestKind { request.path.hasPrefix("/shelf/") ? .listing : .lookUp() }

    func answer(to request: LoopbackRequest) -> LoopbackAnswer {
        let state = state.withLock { $0 }
        if let page = page(for: request, of: state.pageSize, in: state) { return page }
        let name = request.decodedPath.unicodeScalars.dropFirst("/book/".unicodeScalars.count)
        let book = state.books.enumerated().first { $0.element.name?.unicodeScalars.elementsEqual(name) == true }
        guard let book, !book.element.isRemoved else { return .text(404, "no such book") }
        return json(card(of: book.element, number: book.offset + 1, state))
    }

    private func page(for request: LoopbackRequest, of size: Int, in state: State) -> LoopbackAnswer? {
        request.query("after").flatMap(Int64.init).map {
            raw.put(into: json(state.page(after: $0, isOdd: request.path == "/shelf/a", of: size)))
        }
    }

    var expected: [ExpectedRow] {
        let state = state.withLock { $0 }
        return state.books.enumerated().filter { !RawNames.isOne($0.element.name ?? "") }.map { index, book in
            let card = card(of: book, number: index + 1, state)
            let link = card.repository ?? Self.labels.lazy.compactMap { card.links[$0] }.first
            return book.isRemoved
                ? ExpectedRow(book.name ?? "", outcome: .withdrawn)
                : ExpectedRow(book.name ?? "", homepage: link, repository: link)
        }
    }

    /// The first of these that a book has a link under is the one.
    static let labels = ["repository", "source", "github"]

    /// Each fifth book has no repository.
    private func card(of book: Entry, number: Int, _ state: State) -> Card {
        let edition = book.edition == 1 ? "" : "/\(book.edition)"
        if state.manyLinked.contains(Array((book.name ?? "").utf8)) {
            let labels = number % 4 == 0 ? Self.labels : Self.labels.filter { $0 != Self.labels[number % 3] }
            return Card(links: Dictionary(uniqueKeysWithValues: labels.map { ($0, "https://\($0).test/\(number)") }))
        }
        return Card(repository: number % 5 == 0 ? nil : "https://books.test/\(number)\(edition)")
    }

    private func json(_ value: some Encodable) -> LoopbackAnswer {
        .json(String(decoding: (try? JSONEncoder().encode(value)) ?? Data(), as: UTF8.self))
    }
}

// MARK: - What can happen to it

extension ShelfRegistry {
    func grow() { _ = add(names: (1...4).map { "new-\($0)" }) }

    var pace: Pace? { ShelfMiner.pace }

    var pageSizes: [Int] { [1, 2, 3] }
    func setPageSize(_ size: Int) { state.withLock { $0.pageSize = size } }

    func add(names: [String]) -> Bool {
        state.withLock { state in
            for name in names { state.append(name) }
        }
        return true
    }

    func add(rawNames: [[UInt8]]) -> Bool { add(names: raw.add(rawNames)) }

    func repeatEntries(_ times: Int) -> Bool {
        state.withLock { $0.repetitions = times }
        return true
    }

    func emptyPage(for request: LoopbackRequest) -> LoopbackAnswer? { .json("[]") }

    func shortPage(of count: Int, for request: LoopbackRequest) -> LoopbackAnswer? {
        let state = state.withLock { $0 }
        return page(for: request, of: min(count, state.pageSize), in: state)
    }

    func remove(_ name: String) -> Bool { append(name) { ($0.edition, true) } }
    func change(_ name: String) -> Bool { append(name) { ($0.edition + 1, false) } }

    private func append(_ name: String, _ next: (Entry) -> (edition: Int, isRemoved: Bool)) -> Bool {
        state.withLock { state in
            let book = state.books.first { $0.name?.utf8.elementsEqual(name.utf8) == true }
            guard let book, !book.isRemoved else { return false }
            let (edition, isRemoved) = next(book)
            state.append(name, edition: edition, isRemoved: isRemoved)
            return true
        }
    }

    func addUnreadableEntry() -> Bool {
        state.withLock { $0.append(nil) }
        return true
    }

    func add(namesWithinSecond names: [String]) -> Bool {
        state.withLock { state in
            state.append(names[0])
            for (number, name) in names.enumerated().dropFirst() { state.append(name, after: Int64(number)) }
        }
        return true
    }

    func add(namesWithManyLinks names: [String]) -> Bool {
        state.withLock { $0.manyLinked.formUnion(names.map { Array($0.utf8) }) }
        return add(names: names)
    }
}
