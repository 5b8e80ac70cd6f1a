import PackageMining
import RegistryDocuments
import RegistryJSON

/// Looks a package up at the manifest of its latest version, `/NAME/latest`, and where that is not to be had in its whole
/// document, `/NAME` (github.com/npm/registry/blob/main/docs/REGISTRY-API.md).
///
/// The manifest is small. The registry refuses it sooner: with 429 for ever while the document is served
/// (github.com/nubjs/nub/issues/888). So it has a lane of its own, and is not waited for. Either may be minutes older than
/// the feed (`max-age=300`), which nothing in it tells.
struct ManifestLookUp {
    let registryURL: String
    let session: any RegistrySession

    /// The largest document that is read, in bytes. The largest that are known have some 40,000 versions.
    private static let documentLimit: Int64 = 256 << 20

    func resolve(_ name: String) async throws -> Resolution {
        guard let segment = Self.segment(of: name) else { return Resolution(.invalidName) }
        if let answer = try await manifest(segment) { return answer }
        return try await document(segment)
    }

    /// A scoped name is one segment: `@scope%2fname`.
    private static func segment(of name: String) -> String? {
        let halves = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, let scope = halves[0].first == "@" ? urlSegment(halves[0].dropFirst()) : nil else {
            return urlSegment(name)
        }
        return urlSegment(halves[1]).map { "@\(scope)%2f\($0)" }
    }

    /// Nil where the document has to tell.
    private func manifest(_ segment: String) async throws -> Resolution? {
        var request = Request("\(registryURL)/\(segment)/latest")
        request.lane = "latest"
        request.hasSubstitute = true
        do {
            return try await session.fetch(request) { response in
                if let refusal = try response.refusal() { return refusal.outcome == .withheld ? refusal : nil }
                return PackageLinks(of: try response.json(having: .text("/name"))).resolution
            }
        } catch let error as WireError where error.category != .cancelled && error.category != .banned {
            return nil
        }
    }

    private struct Read: Sendable {
        var versions: [String: PackageLinks] = [:]
        var resolution = Resolution(.failed)
    }

    private func document(_ segment: String) async throws -> Resolution {
        var file = Download("\(registryURL)/\(segment)") { DocumentReader() }
        file.sizeLimit = Self.documentLimit
        do {
            let read = try await file.reduce(into: Read(), through: session) {
                $0.versions[$1.key ?? ""] = PackageLinks(of: try $1.value.get())
            } atEnd: {
                $0.resolution = try $1.resolution($0.versions)
            }
            return read.resolution
        } catch let error as WireError {
            guard let refusal = error.refusal else { throw error }
            return refusal
        }
    }
}
