import Foundation
import MinerTestKit
import PackageMining
import RegistryHTTP
import Synchronization

/// The books of the library: right without a flaw, and wrong in one way with one.
struct ShelfMiner: EcosystemMiner {
    struct Cursor: Codable, Sendable {
        var shelf = ""
        var after: Int64 = 0
        var isRough = false

        init(shelf: String, isRough: Bool) {
            self.shelf = shelf
            self.isRough = isRough
        }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            shelf = try values.decode(String.self, forKey: .shelf)
            isRough = try values.decode(Bool.self, forKey: .isRough)
            after = try values.decode(Int64.self, forKey: .after)
            if isRough { after = max(0, after - 1) }
        }
    }

    struct Book: Decodable {
        let id: Int64
        let name: String
    }

    private struct Card: Decodable {
        let repository: String?
    }

    let url: String
    let flaw: ShelfFlaw?

    /// Where one that keeps files keeps them: never anywhere else.
    var scratch: ScratchFolder?

    /// What a miner should not have: a memory of its own.
    let memory = Memory()

    var ecosystem: Ecosystem {
        Ecosystem(
            id: "shelf", platform: flaw == nil ? "Shelf" : "Wrong on purpose", fileName: "Shelf",
            purlType: "generic",
            registries: [Registry(name: "library", url: url, pace: flaw == .statesNoPace ? nil : Self.pace)])
    }

    /// What the library bears.
    static let pace = Pace(atOnce: 5, perMinute: 240)

    func spans(of run: RunFacts, after walked: [Cursor]) -> [Cursor] {
        if walked.isEmpty || flaw == .startsOver || flaw == .inventsVersions {
            return ["a", "b"].map { Cursor(shelf: $0, isRough: flaw == .codesCursorRoughly) }
        }
        return walked.suffix(2).map { last in
            var cursor = last
            if flaw == .updatesTooLate { cursor.after += 2 }
            return cursor
        }
    }

    func list(from cursor: Cursor, through session: any RegistrySession, into sink: PageSink<Cursor>) async throws {
        var cursor = cursor
        var emptyAnswers = 0
        while emptyAnswers < (flaw == .trustsEmptyPage ? 1 : 2) {
            if flaw == .hangs { try await Task.sleep(for: .seconds(1_000_000)) }
            if flaw == .remembersInProcess { cursor.after = memory.place(of: cursor) }
            let books = try await books(behind: cursor, session)
            guard let last = books.last else {
                emptyAnswers += 1
                continue
            }
            emptyAnswers = 0
            if flaw == .goesRound { continue }
            var next = cursor
            next.after = last.id
            cursor = next
            if flaw == .storesCursorTooFar { next.after += 2 }
            if flaw == .remembersInProcess { next.after = memory.remember(next) }
            try await sink.push(page(of: books), next: next)
            if flaw == .readsOnePage { return }
        }
    }

    func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        let escaped = package.name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let request = Request("\(url)/book/\(flaw == .asksRaw ? package.name : escaped)")
        if let file = scratch?.file(named: package.name) {
            _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        }
        let session = flaw == .asksPastSession ? try sessionOfItsOwn() : session
        if flaw == .asksNeighbours { try await session.fetch(Request("\(url)/book/book%2D2")) { _ in } }
        do {
            return try await session.fetch(request) { response in
                if flaw == .takesAbsenceForNone, response.status == 404 { return Resolution(.noRepository) }
                if flaw == .takesRefusalForNone, (400..<404).contains(response.status) {
                    return Resolution(.noRepository)
                }
                if response.status == 404 { return Resolution(.gone) }
                if response.status != 200, flaw == .takesRefusalForGone { return Resolution(.gone) }
                let card = try decoded(Card.self, from: response)
                return .links(homepage: card.repository, repository: card.repository)
            }
        } catch let error as WireError where error.category != .cancelled && settles(error) {
            return Resolution(.noRepository)
        }
    }

    /// Which knows no pace, and goes by the day's clock.
    private func sessionOfItsOwn() throws -> any RegistrySession {
        var configuration = CurlSession.Configuration(userAgent: "past-the-session")
        configuration.attempts = 1
        return try CurlSession(configuration)
    }

    private func settles(_ error: WireError) -> Bool {
        switch flaw {
        case .settlesErrors: true
        case .takesBanForNone: error.category == .banned
        case .takesRefusalForGone: error.status == 500
        default: false
        }
    }
}

extension ShelfMiner {
    private func page(of books: [Book]) -> Page {
        var page = Page()
        if flaw == .hoardsEntries { memory.hoard(books) }
        for book in flaw == .dropsLastEntry && books.count > 2 ? books.dropLast() : books[...] {
            let name = flaw == .trimsNames ? book.name.trimmingCharacters(in: .whitespacesAndNewlines) : book.name
            let place = flaw == .countsArrivals ? memory.count() : book.id
            if flaw == .inventsVersions {
                page.append(name: name, Release(version: UUID().uuidString, place: place))
            } else {
                page.append(name: name, place: place)
            }
        }
        return page
    }

    private func books(behind cursor: Cursor, _ session: any RegistrySession) async throws -> [Book] {
        let request = Request("\(url)/shelf/\(cursor.shelf)?after=\(cursor.after)")
        let books = try await answer(to: request, session)
        guard flaw == .countsRequests else { return books }
        return books.map { Book(id: Int64(session.activity().requests) * 100 + $0.id, name: $0.name) }
    }

    private func answer(to request: Request, _ session: any RegistrySession) async throws -> [Book] {
        switch flaw {
        case .outlivesCancellation:
            return try await Task { try await fetch(request, session) }.value
        case .endsAtError:
            do { return try await fetch(request, session) } catch let error as WireError
                where error.category != .cancelled
            { return [] }
        case .retriesItself:
            for _ in 0..<4 {
                do { return try await fetch(request, session) } catch let error as WireError
                    where error.category != .cancelled
                { continue }
            }
            return try await fetch(request, session)
        default: return try await fetch(request, session)
        }
    }

    private func fetch(_ request: Request, _ session: any RegistrySession) async throws -> [Book] {
        try await session.fetch(request) { response in
            if response.body.isEmpty, flaw == .takesNothingForEmpty { return [] }
            do {
                return try decoded([Book].self, from: response)
            } catch let error as WireError where flaw == .takesPageForPeopleForEnd && error.category == .malformed {
                return []
            }
        }
    }

    private func decoded<Value: Decodable>(_ type: Value.Type, from response: Response) throws -> Value {
        var body = try response.bodyOfSuccess()
        if flaw == .mendsNames { body = Array(String(decoding: body, as: UTF8.self).utf8) }
        do {
            return try JSONDecoder().decode(type, from: Data(body))
        } catch let error as DecodingError {
            if flaw == .quotesAnswers { throw Quotation(description: String(decoding: body, as: UTF8.self)) }
            throw WireError(.malformed, url: response.url, "no answer of the library", cause: error)
        }
    }
}

/// An answer as an error.
private struct Quotation: Error, CustomStringConvertible {
    let description: String
}

/// State of a process that a miner must not rely on.
final class Memory: Sendable {
    private let state = Mutex((arrivals: Int64(0), places: [String: Int64](), hoard: [ShelfMiner.Book]()))

    func hoard(_ books: [ShelfMiner.Book]) {
        state.withLock { $0.hoard += books }
    }

    func count() -> Int64 {
        state.withLock {
            $0.arrivals += 1
            return $0.arrivals
        }
    }

    func place(of cursor: ShelfMiner.Cursor) -> Int64 {
        state.withLock { $0.places[cursor.shelf] ?? cursor.after }
    }

    /// Keeps the place here, and returns one that lies behind it for the cursor.
    func remember(_ cursor: ShelfMiner.Cursor) -> Int64 {
        state.withLock { $0.places[cursor.shelf] = cursor.after }
        return cursor.after + 4
    }
}
