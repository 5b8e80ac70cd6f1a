import PackageMining
import RegistryXML

/// Finds a package's newest listed version, and the links in its manifest.
struct VersionLookup {
    let services: Services
    let session: any RegistrySession

    private static let selection = XMLSelection(each: "package/metadata", taking: ["projectUrl", "repository"])

    func resolve(_ package: Package) async throws -> Resolution {
        guard let folder = services.packages else {
            throw WireError(.malformed, url: package.name, "the service index names no PackageBaseAddress/3.0.0")
        }
        let id = escaped(NuGetMiner.key(of: package.name))
        let newest = try await newestListed(id, else: package.newest.version)
        guard let newest else { return Resolution(.withdrawn) }
        let url = "\(folder)\(id)/\(escaped(newest))/\(id).nuspec"
        return try await session.fetch(Request(url, bodyLimit: 4 << 20), read: VersionLookup.links)
    }

    private static func links(_ response: Response) throws -> Resolution {
        switch response.status {
        case 200: break
        case 404, 410: return Resolution(.gone)
        case 401, 403: return Resolution(.forbidden)
        case 451: return Resolution(.withheld)
        default: throw response.statusError()
        }
        do {
            guard let metadata = try XMLReader.records(in: response.body, selection).first else {
                throw WireError(.malformed, url: response.url, "no manifest: it has no metadata", status: 200)
            }
            return .links(
                homepage: trimmed(metadata.text("projectUrl")),
                repository: trimmed(metadata.first("repository")?.attribute("url")))
        } catch let error as XMLReadError {
            throw WireError(.malformed, url: response.url, "no manifest: \(error)", status: 200, cause: error)
        }
    }

    /// The newest listed version by the package's registration; nil where none is listed. Where the registry has no
    /// registration, the version that the catalogue told of.
    private func newestListed(_ id: String, else told: String) async throws -> String? {
        guard let registrations = services.registrations else { return told }
        guard let registration = try await registration("\(registrations)\(id)/index.json") else { return told }
        let pages = registration.items.sorted { NuGetVersion($1.upper ?? "") < NuGetVersion($0.upper ?? "") }
        for page in pages {
            var items = page.items
            if items == nil, let url = page.id { items = try await self.registration(url)?.items }
            let listed = (items ?? []).compactMap(\.catalogEntry).filter(\.isListed).compactMap(\.version)
            if let newest = listed.map(NuGetVersion.init).max() { return newest.normalized }
        }
        return nil
    }

    private func registration(_ url: String) async throws -> Document.Registration? {
        try await session.fetch(Request(url, bodyLimit: 64 << 20)) { response in
            if response.status == 404 || response.status == 410 { return nil }
            return try Document.read(Document.Registration.self, response)
        }
    }
}

/// A path's segment, escaped as RFC 3986 has it.
private func escaped(_ segment: String) -> String {
    segment.utf8.reduce(into: "") { escaped, byte in
        let scalar = Unicode.Scalar(byte)
        let isPlain = scalar.properties.isAlphabetic && byte < 0x80 || (0x30...0x39).contains(byte)
        if isPlain || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte) {
            escaped.unicodeScalars.append(scalar)
        } else {
            escaped += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
        }
    }
}

private func trimmed(_ text: String?) -> String? {
    text.map { String($0.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()) }
}
