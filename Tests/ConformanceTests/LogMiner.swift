import Foundation
import PackageMining

/// The packages of a log that tells what was changed and what was deleted, in two halves that are walked on their own:
/// which of two words about a package arrives first is chance.
struct LogMiner: EcosystemMiner {
    struct Cursor: Codable, Sendable {
        var half: Int64
        var after: Int64 = 0
    }

    struct Event: Codable {
        let id: Int64
        let name: String
        let isDeleted: Bool
    }

    private struct Document: Decodable {
        let repository: String
    }

    let url: String

    var ecosystem: Ecosystem {
        Ecosystem(
            id: "log", platform: "Log", fileName: "Log", purlType: "generic",
            registries: [Registry(name: "log", url: url)])
    }

    func spans(of run: RunFacts, after walked: [Cursor]) -> [Cursor] {
        walked.isEmpty ? [Cursor(half: 0), Cursor(half: 1)] : walked.suffix(2)
    }

    func list(from cursor: Cursor, through session: any RegistrySession, into sink: PageSink<Cursor>) async throws {
        var cursor = cursor
        var emptyAnswers = 0
        while emptyAnswers < 2 {
            let events = try await read([Event].self, "log/\(cursor.half)?after=\(cursor.after)", session)
            guard let last = events.last else {
                emptyAnswers += 1
                continue
            }
            emptyAnswers = 0
            var page = Page()
            for event in events {
                if event.isDeleted {
                    page.appendDeletion(of: event.name, place: event.id)
                } else {
                    page.appendChange(of: event.name, place: event.id)
                }
            }
            cursor.after = last.id
            try await sink.push(page, next: cursor)
        }
    }

    func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        guard let name = urlSegment(package.name) else { return Resolution(.invalidName) }
        return try await session.lookUp(Request("\(url)/package/\(name)")) { response in
            let found = try decoded(Document.self, from: response)
            return .links(homepage: nil, repository: found.repository)
        }
    }

    private func read<Value: Decodable & Sendable>(
        _ type: Value.Type, _ path: String, _ session: any RegistrySession
    ) async throws -> Value {
        try await session.fetch(Request("\(url)/\(path)")) { try decoded(type, from: $0) }
    }

    private func decoded<Value: Decodable>(_ type: Value.Type, from response: Response) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(try response.bodyOfSuccess()))
        } catch let error as DecodingError {
            throw response.malformed("no answer of the log", cause: error)
        }
    }
}
