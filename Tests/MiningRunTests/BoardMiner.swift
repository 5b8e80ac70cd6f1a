import Foundation
import MinerHarness
import PackageMining
import Synchronization

/// A miner of boards: each edition tells everything there is, part by part, and the links with it.
struct BoardMiner: EcosystemMiner {
    struct Cursor: Codable, Sendable {
        /// The edition that is being read, or was.
        var edition = 0
        /// Its part to be read next; nil when all were.
        var part: Int?
    }

    struct Edition: Codable, Sendable {
        let number: Int
        let parts: Int
    }

    struct Entry: Codable, Sendable {
        var name: String
        var version = "1"
        var homepage: String?
    }

    var ecosystem: Ecosystem {
        Ecosystem(
            id: "board", platform: "Board", fileName: "Board", purlType: "generic",
            registries: [Registry(name: "board", url: "https://board.test")])
    }

    func spans(of run: RunFacts, after walked: [Cursor]) -> [Cursor] { [walked.last ?? Cursor()] }

    func list(from cursor: Cursor, through session: any RegistrySession, into sink: PageSink<Cursor>) async throws {
        let newest = try await read(Edition.self, "newest", session)
        if cursor.part == nil, newest.number == cursor.edition { return }
        var next = cursor
        if cursor.part == nil || newest.number != cursor.edition {
            try await sink.beginSnapshot()
            next = Cursor(edition: newest.number, part: 0)
        }
        while let part = next.part {
            var page = Page()
            for entry in try await read([Entry].self, "\(next.edition)/\(part)", session) {
                if entry.name.isEmpty { page.note(Problem(.unreadable, at: "part \(part)", "no name")) }
                if entry.name.isEmpty { continue }
                page.append(name: entry.name, Release(version: entry.version, homepage: entry.homepage))
            }
            next.part = part + 1 < newest.parts ? part + 1 : nil
            try await sink.push(page, next: next)
        }
    }

    private func read<Value: Decodable & Sendable>(
        _ type: Value.Type, _ path: String, _ session: any RegistrySession
    ) async throws -> Value {
        try await session.fetch(Request("https://board.test/\(path)")) { response in
            try JSONDecoder().decode(type, from: Data(response.bodyOfSuccess()))
        }
    }
}

/// A board in memory: its newest edition, two entries a part.
final class Board: InMemoryRegistry {
    private struct State {
        var number = 0
        var entries: [BoardMiner.Entry] = []
        var asked = 0
        var stopAt = Int.max
        var damagedPart: Int?
    }

    private let state = Mutex(State())

    init(_ entries: [BoardMiner.Entry]) { publish(entries) }

    convenience init(_ names: String...) { self.init(names.map { BoardMiner.Entry(name: $0) }) }

    var asked: Int { state.withLock { $0.asked } }

    var edition: Int {
        get { state.withLock { $0.number } }
        set { state.withLock { $0.number = newValue } }
    }

    func publish(_ entries: [BoardMiner.Entry], damagedPart: Int? = nil) {
        state.withLock {
            $0.number += 1
            $0.entries = entries
            $0.damagedPart = damagedPart
        }
    }

    func publish(_ names: String..., damagedPart: Int? = nil) {
        publish(names.map { BoardMiner.Entry(name: $0) }, damagedPart: damagedPart)
    }

    /// From that request on all are cancelled, as they are when a run is stopped; nil for never.
    func stop(after requests: Int?) {
        state.withLock { state in state.stopAt = requests.map { state.asked + $0 } ?? .max }
    }

    func answer(to request: Request) throws -> Response {
        let body = try state.withLock { state in
            if state.asked >= state.stopAt { throw WireError(.cancelled, url: request.url, "the run was stopped") }
            state.asked += 1
            return try Board.answer(request.url, state)
        }
        return Response(status: body == nil ? 404 : 200, url: request.url, body: body ?? [])
    }

    private static func answer(_ url: String, _ state: State) throws -> [UInt8]? {
        let words = url.split(separator: "/")
        if words.last == "newest" {
            let parts = max(1, (state.entries.count + 1) / 2)
            return Array(try JSONEncoder().encode(BoardMiner.Edition(number: state.number, parts: parts)))
        }
        guard words[2] == "\(state.number)", let part = Int(words[3]) else { return nil }
        if part == state.damagedPart { return Array("[{".utf8) }
        return Array(try JSONEncoder().encode(Array(state.entries.dropFirst(part * 2).prefix(2))))
    }
}
