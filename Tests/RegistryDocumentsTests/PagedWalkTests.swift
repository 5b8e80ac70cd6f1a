import Foundation
import MinerTestKit
import PackageMining
import RegistryDocuments
import Synchronization
import Testing

@Suite("A list that is walked page by page")
struct PagedWalkTests {
    private static let twelve = (10...21).map { "n\($0)" }

    /// Walks, each page in a process of its own, which has the stored place alone. Returns the names in the order in
    /// which they were told first.
    private func names(_ registry: PagedRegistry, _ paging: Paging) async throws -> [String] {
        struct Killed: Error {}
        let walk = PagedWalk(paging) { window in
            if case .byOffset = paging { return Request("/\(window.offset)/\(window.size)") }
            return Request("/page/\(window.number)/\(window.size)")
        } read: { response in
            var page = PagedPage()
            for line in String(decoding: response.body, as: UTF8.self).split(separator: "\n") {
                if line == "?" {
                    page.note(Problem(.unreadable, at: "a row", "no name"))
                } else {
                    page.append(name: String(line), Release(version: ""))
                }
            }
            return page
        }
        let stored = Mutex((names: [String](), place: PagedCursor()))
        while true {
            do {
                try await walk.run(from: stored.withLock(\.place), through: registry) { page, place in
                    let read = try JSONDecoder().decode(PagedCursor.self, from: JSONEncoder().encode(place))
                    #expect(read == place)
                    let isOnward = stored.withLock { stored in
                        defer { stored = (stored.names + page.names.filter { !stored.names.contains($0) }, read) }
                        return stored.place != read
                    }
                    if isOnward { throw Killed() }
                }
                return stored.withLock(\.names)
            } catch is Killed {}
        }
    }

    @Test("by offset, pages overlap by three rows, and the end is asked for twice")
    func walksByOffset() async throws {
        let registry = PagedRegistry(Self.twelve)
        #expect(try await names(registry, .byOffset(ofMost: 8)) == Self.twelve)
        #expect(registry.asked == ["/0/8", "/5/8", "/9/8", "/9/8"])
    }

    @Test("by number, pages are asked for in sizes that overlap")
    func walksByNumber() async throws {
        let registry = PagedRegistry(Self.twelve)
        #expect(try await names(registry, .byNumber(ofMost: 8)) == Self.twelve)
        #expect(registry.asked == ["1/8", "2/5", "2/7", "2/8", "2/8"].map { "/page/\($0)" })
        for next in 1...500 {
            let windows = Paging.byNumber(ofMost: 100).windows(from: next, overlap: 3, longest: 100)
            #expect(windows.allSatisfy { $0.offset % $0.size == 0 && $0.size <= 100 })
            #expect(windows[0].offset + windows[0].size > next && windows.last.map { $0.offset < next } == true)
        }
    }

    @Test("by numbers of one size, each page is asked for again behind the next one")
    func walksBySetNumber() async throws {
        let registry = PagedRegistry(Self.twelve)
        #expect(try await names(registry, .bySetNumber(of: 5)) == Self.twelve)
        #expect(registry.asked == [1, 2, 1, 3, 2, 4, 3, 4, 3].map { "/page/\($0)/5" })
    }

    @Test(
        "a row that goes in mid-walk takes none with it", arguments: [Paging.byOffset(ofMost: 4), .byNumber(ofMost: 4)])
    func findsSeam(paging: Paging) async throws {
        let registry = PagedRegistry(Self.twelve)
        registry.state.withLock { state in state.events[2] = { $0.removeFirst(4) } }
        #expect(Set(try await names(registry, paging)) == Set(Self.twelve))
    }

    @Test("where all rows at the seam have gone, the list is walked again")
    func walksAgain() async throws {
        let registry = PagedRegistry(Self.twelve)
        registry.state.withLock { state in state.events[2] = { $0.removeFirst(8) } }
        let met = Self.twelve.prefix(4) + Self.twelve.suffix(4)
        #expect(Set(try await names(registry, .byOffset(ofMost: 4))) == Set(met))
    }

    @Test("a server that sends fewer rows than are asked for is walked all the same", arguments: 1...5)
    func honoursCap(cap: Int) async throws {
        for paging in [Paging.byOffset(ofMost: 100), .byNumber(ofMost: 100)] {
            #expect(try await names(PagedRegistry(Self.twelve, cap: cap), paging) == Self.twelve, "\(paging)")
        }
    }

    @Test("a server that sends the same page again and again is refused")
    func refusesStandstill() async throws {
        let registry = PagedRegistry(Self.twelve)
        registry.state.withLock { state in
            for number in 2...100 { state.events[number] = { $0 = Array($0.reversed()) } }
        }
        let error = try await #require(throws: WireError.self) {
            _ = try await names(registry, .byOffset(ofMost: 4))
        }
        #expect(error.reason == "the list changes faster than its pages can be walked")
        #expect(!error.isWorthRetrying)
    }

    @Test("a page that lacks a row is not the last", arguments: [Paging.byOffset(ofMost: 5), .bySetNumber(of: 5)])
    func passesOverHiddenRows(paging: Paging) async throws {
        let registry = PagedRegistry(Self.twelve)
        registry.state.withLock { $0.hidden = ["n12", "n17"] }
        #expect(try await names(registry, paging) == Self.twelve.filter { $0 != "n12" && $0 != "n17" })
    }

    @Test("rows that cannot be read keep their places", arguments: [Paging.byOffset(ofMost: 4), .bySetNumber(of: 4)])
    func keepsUnreadable(paging: Paging) async throws {
        let registry = PagedRegistry(["a", "?", "?", "?", "b", "?", "c"])
        #expect(try await names(registry, paging) == ["a", "b", "c"])
    }

    @Test("lists of any length are walked to their end", arguments: 0...9)
    func walksAnyLength(count: Int) async throws {
        let all = (0..<count).map { "n\($0)" }
        for size in 1...5 {
            for paging in [Paging.byOffset(ofMost: size), .byNumber(ofMost: size), .bySetNumber(of: size)] {
                #expect(try await names(PagedRegistry(all), paging) == all, "\(paging)")
            }
        }
    }

    /// Rows come and go anywhere before any request, and pages are short; each page is taken by a process of its own.
    @Test("whatever comes and goes in mid-walk, no row that stays is lost", arguments: 0..<300)
    func losesNothing(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let size = Int.random(in: 1...5, using: &random)
        let paging = [Paging.byOffset(ofMost: size), .byNumber(ofMost: size), .bySetNumber(of: size)][Int(seed % 3)]
        let registry = PagedRegistry((0..<Int.random(in: 0...16, using: &random)).map { "n\($0 + 10)" })
        let before = Set(registry.names)
        registry.state.withLock { state in
            for event in 0..<3 {
                let (kind, number) = (Int.random(in: 0...1, using: &random), Int.random(in: 0...99, using: &random))
                state.events[Int.random(in: 1...14, using: &random)] = { names in
                    let place = names.isEmpty ? 0 : number % names.count
                    if names.isEmpty || kind == 1 { return names.insert("new\(event)", at: place) }
                    names.remove(at: place)
                }
            }
            state.shortPages = paging == .bySetNumber(of: size) ? [] : [Int.random(in: 1...14, using: &random)]
        }
        let found = Set(try await names(registry, paging))
        #expect(before.intersection(registry.names).subtracting(found) == [])
    }
}

extension Page {
    fileprivate var names: [String] {
        withEntries { $0.map { String(decoding: $0.name, as: UTF8.self) } }
    }
}
