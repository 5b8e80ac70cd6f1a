package import MavenFormats
package import PackageMining
import RegistryXML

/// A POM and its parents, as far as the repository has them.
package struct Lineage: Sendable {
    package var poms: [Pom] = []

    /// What is missing behind them, in words, and the outcome that it is where it is the POM itself.
    package var gap: (outcome: Outcome, reason: String)?
}

/// The POMs of a repository, each asked for once: parents are shared by thousands of children.
package struct PomLibrary: Sendable {
    private enum Entry: Sendable {
        case pom(Pom)
        case missing(Outcome, String)
    }

    /// How many parents a POM may have above it. Real lines have ten at most.
    private static let longestLine = 64

    private let repositoryURL: String
    private let entries = SharedAnswers<Coordinates, Entry>(capacity: 8_192)
    private let versions = SharedAnswers<String, [String]>(capacity: 1_024)

    package init(repositoryURL: String) {
        self.repositoryURL = repositoryURL
    }

    package func lineage(of coordinates: Coordinates, through session: any RegistrySession) async throws -> Lineage {
        var lineage = Lineage()
        var seen: Set<Coordinates> = []
        var next: Coordinates? = coordinates
        while let wanted = next {
            let entry =
                seen.insert(wanted).inserted && seen.count <= Self.longestLine
                ? try await self.entry(wanted, session) : .missing(.failed, "is its own parent")
            switch entry {
            case .pom(let pom):
                lineage.poms.append(pom)
                next = pom.parent
            case .missing(let outcome, let reason):
                lineage.gap = (outcome, "\(lineage.poms.isEmpty ? "" : "its parent ")\(wanted) \(reason)")
                next = nil
            }
        }
        return lineage
    }

    private func entry(_ wanted: Coordinates, _ session: any RegistrySession) async throws -> Entry {
        var coordinates = wanted
        if let range = VersionRange(wanted.version), let folder = wanted.folder {
            guard let version = range.newest(of: try await versions(in: folder, session)) else {
                return .missing(.failed, "matches no version")
            }
            coordinates.version = version
        }
        guard let path = coordinates.pomPath else { return .missing(.invalidName, "cannot be asked for") }
        return try await entries.answer(to: coordinates) {
            do {
                return try await session.fetch(
                    Request("\(repositoryURL)/\(path)", bodyLimit: 8 << 20), read: Self.entry)
            } catch let error as WireError where error.category == .malformed {
                // Read again and again, it stays what it is.
                return .missing(.failed, "cannot be read: \(error.reason)")
            }
        }
    }

    private static func entry(_ response: Response) throws -> Entry {
        switch try response.refusal()?.outcome {
        case nil: .pom(try response.pom())
        case .gone?: .missing(.gone, "is not in the repository")
        case let outcome?: .missing(outcome, "is \(outcome.rawValue)")
        }
    }

    private func versions(in folder: String, _ session: any RegistrySession) async throws -> [String] {
        let selection = XMLSelection(each: "metadata/versioning/versions/version")
        return try await versions.answer(to: folder) {
            try await session.fetch(Request("\(repositoryURL)/\(folder)/maven-metadata.xml")) { response in
                if try response.refusal() != nil { return [] }
                return try Self.parsed(response) {
                    try XMLReader.records(in: $0, selection).map { javaTrimmed($0.text) }
                }
            }
        }
    }

    private static func parsed<Value>(_ response: Response, _ parse: ([UInt8]) throws -> Value) throws -> Value {
        do { return try parse(response.body) } catch { throw response.malformed("\(error)", cause: error) }
    }
}
