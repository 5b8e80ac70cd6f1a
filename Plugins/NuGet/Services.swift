import PackageMining
import RegistryDocuments
import RegistryJSON

/// Where the registry's services are, by its service index (https://learn.microsoft.com/nuget/api/service-index).
struct Services: Sendable {
    let catalogue: String
    let packages: String
    let registrations: String?

    /// - Throws: `WireError`; one that is not worth another attempt for a registry without a service that is needed.
    init(_ response: Response) throws {
        guard let resources = try response.json()["/resources"]?.elements, !resources.isEmpty else {
            throw response.malformed("no service index: it has no resources")
        }
        func url(_ type: String) -> String? { resources.first { $0["/@type"]?.text == type }?["/@id"]?.text }
        func folder(_ url: String) -> String { url.hasSuffix("/") ? url : url + "/" }
        func needed(_ type: String, _ use: String) throws -> String {
            if let url = url(type) { return url }
            throw WireError(
                .refused, url: response.url,
                "the registry has no \(type), \(use): only one that has it, as nuget.org, can be mined",
                status: response.status)
        }
        catalogue = try needed("Catalog/3.0.0", "so that there is nothing to list its packages by")
        packages = folder(try needed("PackageBaseAddress/3.0.0", "so that no package's manifest can be asked for"))
        registrations = (url("RegistrationsBaseUrl/3.6.0") ?? url("RegistrationsBaseUrl/Versioned")).map(folder)
    }
}
