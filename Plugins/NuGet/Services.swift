import PackageMining
import RegistryDocuments

/// Where the registry's services are, by its service index (https://learn.microsoft.com/nuget/api/service-index).
struct Services: Sendable {
    let catalogue: String
    let packages: String
    let registrations: String?

    init(_ response: Response) throws {
        let resources = try response.json().rows("resources", of: ["@id", "@type"]) ?? []
        func url(_ type: String) -> String? { resources.first { $0["@type"] == type }?["@id"] }
        func folder(_ url: String) -> String { url.hasSuffix("/") ? url : url + "/" }
        guard let catalogue = url("Catalog/3.0.0"), let packages = url("PackageBaseAddress/3.0.0") else {
            throw response.malformed("the service index lacks Catalog/3.0.0 or PackageBaseAddress/3.0.0")
        }
        self.catalogue = catalogue
        self.packages = folder(packages)
        registrations = (url("RegistrationsBaseUrl/3.6.0") ?? url("RegistrationsBaseUrl/Versioned")).map(folder)
    }
}

/// Where nobody says so, a version is unlisted that was published in the year 1900 (NuGet.Protocol.Catalog).
func isListed(_ listed: String?, published: String?) -> Bool {
    listed.map { $0 == "true" } ?? !(published ?? "").hasPrefix("1900")
}
