import Foundation
import MinerTestKit
import PackageMining
import Synchronization

/// What can be wrong with a miner of a list that is told whole.
enum RosterFlaw: String, CaseIterable {
    /// Withdraws by itself what the list no longer tells of, as if the registry had told so.
    case withdrawsItself
    /// Takes an empty list for one that has not changed.
    case passesOverNothing
    /// Takes the list for one that tells what is new only.
    case addsOnly

    /// The promises that it breaks, each with words of what must be found.
    var breaks: [(promise: ConformancePromise, evidence: String)] {
        switch self {
        case .withdrawsItself: [(.shrinking, "the list is empty: exit code 0, and the list has 1 lines, not 11")]
        case .passesOverNothing: [(.shrinking, "the list is empty: exit code 0, and the problems are []")]
        case .addsOnly:
            [
                (.shrinking, "the list is empty: exit code 0, and the problems are []"),
                (.update, "package 1 is taken back: the list has 11 lines, not 10"),
            ]
        }
    }
}

/// The members of a club, whose roster is one document: right without a flaw, and wrong in one way with one.
struct RosterMiner: EcosystemMiner {
    struct Cursor: Codable, Sendable {
        var edition = 0
        /// What a cursor should not have: it grows with the list.
        var names: [String] = []
    }

    struct Roster: Codable, Sendable {
        var edition: Int
        var names: [String]
    }

    let url: String
    let flaw: RosterFlaw?

    var ecosystem: Ecosystem {
        Ecosystem(
            id: "roster", platform: flaw == nil ? "Roster" : "Wrong on purpose", fileName: "Roster",
            purlType: "generic", registries: [Registry(name: "roster", url: url)])
    }

    func spans(of run: RunFacts, after walked: [Cursor]) -> [Cursor] { [walked.last ?? Cursor()] }

    func list(from cursor: Cursor, through session: any RegistrySession, into sink: PageSink<Cursor>) async throws {
        let roster = try await session.fetch(Request("\(url)/roster")) { response in
            let body = try response.bodyOfSuccess()
            do {
                return try JSONDecoder().decode(Roster.self, from: Data(body))
            } catch {
                throw response.malformed("no roster", cause: error)
            }
        }
        if roster.edition == cursor.edition { return }
        if roster.names.isEmpty, flaw == .passesOverNothing { return }
        if flaw != .withdrawsItself, flaw != .addsOnly { try await sink.beginSnapshot() }
        var next = Cursor(edition: roster.edition)
        var page = Page()
        for name in roster.names { page.append(name: name, Release(version: "")) }
        if flaw == .withdrawsItself {
            next.names = roster.names
            for name in Set(cursor.names).subtracting(roster.names) {
                page.append(name: name, Release(version: "", place: Int64(roster.edition), isWithdrawn: true))
            }
        }
        try await sink.push(page, next: next)
    }
}

/// A club of ten, the registry behind `RosterMiner`.
final class RosterRegistry: RegistryFixture {
    private struct State {
        /// The names of each listing, before and after the club grew.
        var listings = [(0..<10).map { "member-\($0)" }]
        var edition = 1
        var kept: Int?
        var removed: Set<String> = []
    }

    private let state = Mutex(State())
    let flaw: RosterFlaw?

    init(_ flaw: RosterFlaw? = nil) { self.flaw = flaw }

    func miner(at baseURL: String) -> RosterMiner { RosterMiner(url: baseURL, flaw: flaw) }

    func kind(of request: LoopbackRequest) -> RequestKind { .listing }

    func answer(to request: LoopbackRequest) -> LoopbackAnswer {
        let state = state.withLock { $0 }
        let names = state.listings.flatMap(\.self).filter { !state.removed.contains($0) }
        let roster = RosterMiner.Roster(edition: state.edition, names: names.suffix(state.kept ?? names.count))
        return .json(String(decoding: (try? JSONEncoder().encode(roster)) ?? Data(), as: UTF8.self))
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

    func grow() {
        state.withLock {
            $0.listings.append((1...3).map { "new-\($0)" })
            $0.edition += 1
        }
    }

    func add(names: [String]) -> Bool {
        state.withLock { $0.listings[$0.listings.count - 1] += names }
        return true
    }

    func shrink(to count: Int?) -> Bool {
        state.withLock {
            $0.kept = count
            $0.edition += 1
        }
        return true
    }

    func remove(_ name: String) -> Bool {
        state.withLock {
            $0.removed.insert(name)
            $0.edition += 1
        }
        return true
    }

    var isListedWhole: Bool { true }
}
