import Foundation
import PackageMining

/// The packages of the Crumb registry: a page of names a request, a document a package.
struct CrumbMiner: EcosystemMiner {
    /// The last package taken. A page's number would not do: an update would miss what came to the last page since.
    struct Cursor: Codable, Sendable {
        var after: Int64 = 0
    }

    private struct Listed: Decodable {
        let id: Int64
        let name: String
    }

    private struct Crumb: Decodable {
        let homepage: String?
        let repository: String?
    }

    let url: String

    var ecosystem: Ecosystem {
        Ecosystem(
            id: "crumb", platform: "Crumb", fileName: "Crumb", purlType: "generic",
            registries: [Registry(name: "registry", url: url)])
    }

    func spans(of run: RunFacts, after walked: [Cursor]) -> [Cursor] {
        [walked.last ?? Cursor()]
    }

    func list(from cursor: Cursor, through session: any RegistrySession, into sink: PageSink<Cursor>) async throws {
        var cursor = cursor
        var emptyAnswers = 0
        while emptyAnswers < 2 {
            let listed = try await session.fetch(Request("\(url)/packages?after=\(cursor.after)")) { response in
                try decoded([Listed].self, from: response)
            }
            guard let last = listed.last else {
                // The end, or a fault: ask again.
                emptyAnswers += 1
                continue
            }
            emptyAnswers = 0
            var page = Page()
            for package in listed { page.append(name: package.name, place: package.id) }
            cursor.after = last.id
            try await sink.push(page, next: cursor)
        }
    }

    func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        guard let name = urlSegment(package.name) else { return Resolution(.invalidName) }
        return try await session.lookUp(Request("\(url)/packages/\(name)")) { response in
            let crumb = try decoded(Crumb.self, from: response)
            return .links(homepage: crumb.homepage, repository: crumb.repository)
        }
    }

    /// What is no such JSON is worth another attempt, which the session makes.
    private func decoded<Value: Decodable>(_ type: Value.Type, from response: Response) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(try response.bodyOfSuccess()))
        } catch let error as DecodingError {
            throw response.malformed("no answer of the registry", cause: error)
        }
    }
}
