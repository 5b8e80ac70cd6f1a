import PackageMining
import RegistryDocuments
import RegistryXML

/// Finds a package's newest listed version, and the links in its manifest.
///
/// The catalogue runs ahead of the registrations and of the manifests, by minutes to hours (NuGet/NuGetGallery#5720,
/// #9125, #10406): a version without a manifest gives way to older ones, and an answer that lags behind what the
/// catalogue told says so.
struct VersionLookup {
    let services: Services
    let session: any RegistrySession

    private static let manifest = XMLSelection(each: "package/metadata", taking: ["projectUrl", "repository"])

    func resolve(_ package: Package) async throws -> Resolution {
        guard let id = urlSegment(simpleLowercase(package.name)) else { return Resolution(.invalidName) }
        guard let folder = services.registrations else { return try await answer(of: package, id) }
        guard let registration = try await Registration.fetch("\(folder)\(id)/index.json", through: session) else {
            let answer = try await answer(of: package, id)
            return answer.contradiction == nil ? answer.lagging("it has no registration") : answer
        }
        let answer = try await answer(of: package, by: registration, id)
        return registration.lag(behind: package).map(answer.lagging) ?? answer
    }

    /// By what the catalogue told alone.
    private func answer(of package: Package, _ id: String) async throws -> Resolution {
        try await package.firstAnswer { try await manifest(of: $0.version, id) }
    }

    /// By the newest version, whether the registration knows it yet or not, else by older ones that are listed.
    private func answer(of package: Package, by registration: Registration, _ id: String) async throws -> Resolution {
        var missing: [String] = []
        if !registration.knows(package.newest) {
            let answer = try await manifest(of: package.newest.version, id)
            if answer.outcome != .gone { return answer }
            missing.append(package.newest.version)
        }
        for page in registration.pages {
            for version in try await Registration.listed(page, through: session) {
                if missing.count > Package.mostOlder { return Resolution(.gone) }
                let answer = try await manifest(of: version.normalized, id)
                if answer.outcome == .gone {
                    missing.append(version.normalized)
                } else if let newest = missing.first {
                    return answer.lagging("\(newest) has no manifest: these are \(version.normalized)'s links")
                } else {
                    return answer
                }
            }
        }
        return Resolution(missing.isEmpty ? .withdrawn : .gone)
    }

    private func manifest(of version: String, _ id: String) async throws -> Resolution {
        guard let version = urlSegment(version) else { return Resolution(.invalidName) }
        return try await session.lookUp(Request("\(services.packages)\(id)/\(version)/\(id).nuspec")) { response in
            guard let metadata = try response.xml(Self.manifest).first else {
                throw response.malformed("no manifest: it has no metadata")
            }
            return .links(
                homepage: metadata.text("projectUrl"), repository: metadata.first("repository")?.attribute("url"))
        }
    }
}
