import PackageMining
import RegistryDocuments
import RegistryXML

/// Finds a package's newest listed version, and the links in its manifest
/// (https://learn.microsoft.com/nuget/api/registration-base-url-resource).
struct VersionLookup {
    let services: Services
    let session: any RegistrySession

    private static let manifest = XMLSelection(each: "package/metadata", taking: ["projectUrl", "repository"])

    func resolve(_ package: Package) async throws -> Resolution {
        guard let id = urlSegment(simpleLowercase(package.name)) else { return Resolution(.invalidName) }
        let newest = try await newestListed(id, else: package.newest.version)
        guard let newest else { return Resolution(.withdrawn) }
        guard let version = urlSegment(newest) else { return Resolution(.invalidName) }
        return try await session.fetch(Request("\(services.packages)\(id)/\(version)/\(id).nuspec")) { response in
            if let refusal = try response.refusal() { return refusal }
            guard let metadata = try response.xml(Self.manifest).first else {
                throw response.malformed("no manifest: it has no metadata")
            }
            return .links(
                homepage: metadata.text("projectUrl"), repository: metadata.first("repository")?.attribute("url"))
        }
    }

    /// The newest listed version by the package's registration, or what the catalogue told where there is none; nil
    /// where none is listed. The pages of a large registration come by themselves.
    private func newestListed(_ id: String, else told: String) async throws -> String? {
        guard let folder = services.registrations,
            let index = try await session.json(at: "\(folder)\(id)/index.json", having: "items")
        else { return told }
        let pages = (index.rows("items", of: ["@id", "upper"]) ?? []).enumerated().map { number, page in
            (upper: NuGetVersion(page["upper"] ?? ""), url: page["@id"] ?? "", place: "items/\(number)/items")
        }
        let columns = ["catalogEntry/version", "catalogEntry/listed", "catalogEntry/published"]
        for page in pages.sorted(by: { $1.upper < $0.upper }) {
            var rows = index.rows(page.place, of: columns)
            if rows == nil {
                let own = try await session.json(at: page.url, having: "items")
                guard let own else { throw WireError(.absent, url: page.url, "a page of the registration is gone") }
                rows = own.rows("items", of: columns)
            }
            let listed = (rows ?? []).filter { isListed($0[columns[1]], published: $0[columns[2]]) }
            let versions = listed.compactMap { $0[columns[0]].map(NuGetVersion.init) }
            if let newest = versions.max() { return newest.normalized }
        }
        return nil
    }
}
