import Foundation
import MinerTestKit
import PackageMining
import PubMiner
import Synchronization
import Testing

@Suite("The Pub miner")
struct PubConformanceTests {
    @Test("The Pub miner keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance { PubFixture() }.check(promise)
    }
}

/// A small pub.dev: names, which are sent in gzip only, and pages of packages by their last publication, on which every
/// third is missing without a trace (pub-dev's `custom_api.dart`, August 2026).
private final class PubFixture: RegistryFixture {
    private struct State {
        var packages: [Listed] = []
        var listing = 1
        var publications = 0
        var pageSize = 4
        var unreadable = 0
        /// So many of the last packages are told; nil where all are.
        var kept: Int?
        /// How often each row of a page is told.
        var repetitions = 1

        var told: [Listed] { packages.suffix(kept ?? packages.count).filter { !$0.isRemoved } }

        mutating func tell(_ name: String) {
            publications += 1
            let number = packages.count + 1
            packages.append(Listed(name: name, number: number, listing: listing, publication: publications))
        }
    }

    private let state = Mutex(State())

    init() { _ = add(names: ["Babylon", "babylon", "zeta", "_private"] + (1...8).map { "package_\($0)" }) }

    func miner(at baseURL: String) -> PubMiner { PubMiner(apiURL: baseURL + "/api") }

    func kind(of request: LoopbackRequest) -> RequestKind {
        ["/api/packages", "/api/package-names"].contains(request.path) ? .listing : .lookUp()
    }

    func answer(to request: LoopbackRequest) -> LoopbackAnswer {
        let state = state.withLock { $0 }
        switch request.path {
        case "/api/packages":
            return page(request.query("page").flatMap(Int.init) ?? 1, of: state, to: request, atMost: .max)
        case "/api/package-names":
            if !request.acceptsGzip { return .text(406, "gzip only") }
            let names = state.told.map { jsonText($0.name) } + (0..<state.unreadable).map { #"{"number":\#($0)}"# }
            return .json(#"{"packages":[\#(names.joined(separator: ","))],"nextUrl":null}"#)
        default:
            let package = state.told.first { Array(request.decodedPath.utf8) == Array("/api/packages/\($0.name)".utf8) }
            return package.map { .json($0.json) } ?? .text(404, #"{"error":{"code":"NotFound"}}"#)
        }
    }

    private func page(
        _ number: Int, of state: State, to request: LoopbackRequest, atMost count: Int
    ) -> LoopbackAnswer {
        let all = state.told.sorted { $0.publication > $1.publication }
            .flatMap { repeatElement($0, count: state.repetitions) }
        let rest = all.dropFirst((number - 1) * state.pageSize)
        guard let host = request.header("Host"), !rest.isEmpty else { return .text(400, #"{"message":"no content"}"#) }
        let rows = rest.prefix(state.pageSize).filter { !$0.isLost }.prefix(count).map(\.json)
        let next = rest.count > state.pageSize ? "\"http://\(host)/api/packages?page=\(number + 1)\"" : "null"
        return .json(#"{"next_url":\#(next),"packages":[\#(rows.joined(separator: ","))]}"#)
    }

    var expected: [ExpectedRow] {
        state.withLock { $0.packages }.sorted { a, b in
            a.listing == b.listing ? a.name.utf8.lexicographicallyPrecedes(b.name.utf8) : a.listing < b.listing
        }.map(\.expected)
    }

    func grow() {
        state.withLock { $0.listing += 1 }
        _ = add(names: ["new_1", "a_new_one", "zz"])
    }

    func add(names: [String]) -> Bool {
        state.withLock { state in
            for name in names { state.tell(name) }
        }
        return true
    }

    var pageSizes: [Int] { [1, 2, 5] }
    func setPageSize(_ size: Int) { state.withLock { $0.pageSize = size } }

    func emptyPage(for request: LoopbackRequest) -> LoopbackAnswer? { .json(#"{"packages":[],"next_url":null}"#) }

    func shortPage(of count: Int, for request: LoopbackRequest) -> LoopbackAnswer? {
        guard request.path == "/api/packages", let number = request.query("page").flatMap(Int.init) else { return nil }
        return page(number, of: state.withLock { $0 }, to: request, atMost: count)
    }

    func repeatEntries(_ times: Int) -> Bool {
        state.withLock { $0.repetitions = times }
        return true
    }

    func shrink(to count: Int?) -> Bool {
        state.withLock { $0.kept = count }
        return true
    }

    func addUnreadableEntry() -> Bool {
        state.withLock { $0.unreadable += 1 }
        return true
    }

    func remove(_ name: String) -> Bool { change(name) { package, _ in package.isRemoved = true } }

    /// What is published anew has a record of its version.
    func change(_ name: String) -> Bool {
        change(name) { package, publication in (package.publication, package.isPublishedAnew) = (publication, true) }
    }

    private func change(_ name: String, _ body: (inout Listed, Int) -> Void) -> Bool {
        state.withLock { state in
            guard let index = state.packages.firstIndex(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
                return false
            }
            state.publications += 1
            body(&state.packages[index], state.publications)
            return true
        }
    }
}

private struct Listed {
    let name: String
    let number: Int
    let listing: Int
    var publication: Int
    var isPublishedAnew = false
    var isRemoved = false

    var isLost: Bool { number % 3 == 0 && !isPublishedAnew }

    private var homepage: String? { number % 4 == 0 ? nil : "https://home.test/\(publication)" }
    private var repository: String? { number % 5 == 0 ? nil : "https://git.test/\(publication)" }

    /// As pub-dev tells of it, on a page and by name.
    var json: String {
        let links = [("homepage", homepage), ("repository", repository)].compactMap { key, link in
            number % 8 == 0 && link == nil ? #""\#(key)":null,"# : link.map { #""\#(key)":\#(jsonText($0)),"# }
        }
        return #"{"name":\#(jsonText(name)),"latest":{"version":"1.0.\#(publication)","#
            + #""pubspec":{\#(links.joined())"documentation":"https://docs.test"}}}"#
    }

    var expected: ExpectedRow {
        if isRemoved { return ExpectedRow(name, outcome: .withdrawn) }
        if isLost, name == "." || name == ".." { return ExpectedRow(name, outcome: .invalidName) }
        return ExpectedRow(name, homepage: homepage, repository: repository)
    }
}

private func jsonText(_ text: String) -> String {
    String(decoding: (try? JSONEncoder().encode(text)) ?? Data(), as: UTF8.self)
}
