import PackageMining

/// Where the registry's services are, as its service index says. Asked for once a run.
struct Services: Hashable, Sendable {
    let catalogue: String?
    let packages: String?
    let registrations: String?

    init(_ response: Response) throws {
        let resources = try Document.read(Document.ServiceIndex.self, response).resources
        func url(_ types: String...) -> String? {
            types.lazy.compactMap { type in resources.first { $0.type.values.contains(type) }?.id }.first
        }
        catalogue = url("Catalog/3.0.0")
        packages = url("PackageBaseAddress/3.0.0").map(Services.folder)
        registrations = url("RegistrationsBaseUrl/3.6.0", "RegistrationsBaseUrl/Versioned").map(Services.folder)
    }

    private static func folder(_ url: String) -> String {
        url.hasSuffix("/") ? url : url + "/"
    }
}

/// Asks for the service index when it is first needed; whoever comes meanwhile waits for that answer.
actor ServiceDirectory {
    private let url: String
    private var services: Services?
    private var isAsking = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(url: String) {
        self.url = url
    }

    func services(through session: any RegistrySession) async throws -> Services {
        while true {
            if let services { return services }
            if !isAsking { return try await ask(session) }
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    private func ask(_ session: any RegistrySession) async throws -> Services {
        isAsking = true
        defer {
            isAsking = false
            for continuation in waiting { continuation.resume() }
            waiting = []
        }
        let found = try await session.fetch(Request(url), read: Services.init)
        services = found
        return found
    }
}
