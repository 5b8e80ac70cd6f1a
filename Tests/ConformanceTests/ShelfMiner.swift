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

    /// What is told of a book. One without a name cannot be read.
    struct Entry: Decodable {
        let id: Int64
        /// In thousandths of a second.
        var time: Int64
        let name: String?
        let edition: Int
        let isRemoved: Bool
    }

    private struct Card: Decodable {
        let repository: String?
        let links: [String: String]
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
        if flaw == .swallowsErrors { await askForEver(from: cursor, session) }
        var cursor = cursor
        var emptyAnswers = 0
        var collected = Page()
        var longest = 0
        while emptyAnswers < (flaw == .trustsEmptyPage ? 1 : 2) {
            if flaw == .hangs { try await Task.sleep(for: .seconds(1_000_000)) }
            if flaw == .sleeps { try await Task.sleep(for: .milliseconds(40)) }
            if flaw == .remembersInProcess { cursor.after = memory.place(of: cursor) }
            let entries = try await entries(behind: cursor, session)
            guard let last = entries.last else {
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
            if flaw == .pushesOnce {
                tell(entries, in: &collected)
                continue
            }
            var page = Page()
            tell(entries, in: &page)
            try await sink.push(page, next: next)
            if flaw == .readsOnePage || flaw == .endsAtShorterPage && entries.count < longest { return }
            longest = max(longest, entries.count)
        }
        if flaw == .pushesOnce { try await sink.push(collected, next: cursor) }
    }

    private func askForEver(from cursor: Cursor, _ session: any RegistrySession) async {
        while true {
            do { _ = try await entries(behind: cursor, session) } catch { continue }
        }
    }

    func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        if flaw == .remembersNames, !memory.knows(package.name) { return Resolution(.noRepository) }
        if let file = scratch?.file(named: package.name) {
            _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        }
        let session = flaw == .asksPastSession ? try sessionOfItsOwn() : session
        if flaw == .asksNeighbours { try await session.fetch(Request("\(url)/book/book%2D2")) { _ in } }
        do {
            return try await session.fetch(Request("\(url)/book/\(escaped(package.name))")) { response in
                if flaw == .takesAbsenceForNone, response.status == 404 { return Resolution(.noRepository) }
                if flaw == .takesRefusalForNone, (400..<404).contains(response.status) {
                    return Resolution(.noRepository)
                }
                if response.status == 404 || response.status == 403 && flaw == .takesForbiddenForGone {
                    return Resolution(.gone)
                }
                if response.status != 200, flaw == .takesRefusalForGone { return Resolution(.gone) }
                if let refusal = try response.refusal() { return refusal }
                return resolution(try decoded(Card.self, from: response))
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

    private func escaped(_ name: String) -> String {
        if flaw == .asksRaw { return name }
        return name.addingPercentEncoding(
            withAllowedCharacters: flaw == .escapesForQuery ? .urlQueryAllowed : .alphanumerics) ?? ""
    }

    private func resolution(_ card: Card) -> Resolution {
        let told = ShelfRegistry.labels.lazy.compactMap { card.links[$0] }.first
        let link = card.repository ?? (flaw == .takesAnyLink ? Set(card.links.values).first : told)
        if link == nil, flaw == .takesNoneForGone { return Resolution(.gone) }
        return .links(homepage: link, repository: link)
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
    private func tell(_ entries: [Entry], in page: inout Page) {
        if flaw == .hoardsEntries { memory.hoard(entries) }
        for entry in flaw == .dropsLastEntry && entries.count > 2 ? entries.dropLast() : entries[...] {
            guard let name = entry.name, !name.isEmpty else {
                if flaw == .dropsUnreadable || entry.name != nil && flaw == .dropsNameless { continue }
                page.note(Problem(.unreadable, at: "entry \(entry.id)", "it has no name"))
                continue
            }
            if flaw == .remembersNames { memory.note(name) }
            tell(entry, flaw == .trimsNames ? name.trimmingCharacters(in: .whitespacesAndNewlines) : name, in: &page)
        }
    }

    /// A book that was taken back is so in all its editions.
    private func tell(_ entry: Entry, _ name: String, in page: inout Page) {
        let place = flaw == .countsArrivals ? memory.count() : flaw == .roundsPlaces ? entry.time / 1_000 : entry.time
        if entry.isRemoved, flaw == .overlooksRemovals { return }
        for edition in entry.isRemoved ? 1...entry.edition : entry.edition...entry.edition {
            let version =
                switch flaw {
                case .inventsVersions: UUID().uuidString
                case .overlooksEditions: ""
                default: "\(edition)"
                }
            page.append(name: name, Release(version: version, place: place, isWithdrawn: entry.isRemoved))
        }
    }

    private func entries(behind cursor: Cursor, _ session: any RegistrySession) async throws -> [Entry] {
        let request = Request("\(url)/shelf/\(cursor.shelf)?after=\(cursor.after)")
        let entries = try await answer(to: request, session)
        guard flaw == .countsRequests else { return entries }
        return entries.map { entry in
            var entry = entry
            entry.time += Int64(session.activity().requests) * 100_000
            return entry
        }
    }

    private func answer(to request: Request, _ session: any RegistrySession) async throws -> [Entry] {
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

    private func fetch(_ request: Request, _ session: any RegistrySession) async throws -> [Entry] {
        try await session.fetch(request) { response in
            if response.body.isEmpty, flaw == .takesNothingForEmpty { return [] }
            if flaw == .takesRefusedPageForEmpty, (400..<500).contains(response.status) { return [] }
            do {
                let entries = try decoded([Entry].self, from: response)
                if flaw == .readsAllOrNothing, entries.contains(where: { $0.name == nil }) {
                    throw response.malformed("no page of the library")
                }
                return entries
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
    private let state = Mutex(
        (arrivals: Int64(0), places: [String: Int64](), hoard: [ShelfMiner.Entry](), names: Set<[UInt8]>()))

    func note(_ name: String) { state.withLock { _ = $0.names.insert(Array(name.utf8)) } }
    func knows(_ name: String) -> Bool { state.withLock { $0.names.contains(Array(name.utf8)) } }

    func hoard(_ entries: [ShelfMiner.Entry]) {
        state.withLock { $0.hoard += entries }
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
