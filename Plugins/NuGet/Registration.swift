import PackageMining
import RegistryDocuments
import RegistryJSON

/// What a registry knows of a package's versions
/// (https://learn.microsoft.com/nuget/api/registration-base-url-resource).
struct Registration: Sendable {
    /// Some of the versions. Those of a large registration come by themselves.
    struct VersionPage: Sendable {
        /// The newest version in it, listed or not.
        let upper: NuGetVersion
        let url: String
        /// Nil where they have to be asked for.
        let listed: [NuGetVersion]?
    }

    /// Those with the newest versions first.
    let pages: [VersionPage]

    /// When it was brought up to date, where it says so.
    let time: RegistryTime?

    /// The registration at that address; nil where there is none.
    static func fetch(_ url: String, through session: any RegistrySession) async throws -> Registration? {
        try await session.json(at: url, having: .array("/items")).map(Registration.init)
    }

    private init(_ index: JSONValue) {
        pages = (index["/items"]?.elements ?? []).map(VersionPage.init).sorted { $1.upper < $0.upper }
        time = index["/commitTimeStamp"]?.text.flatMap(RegistryTime.init)
    }

    /// The versions of a page that are listed, the newest first.
    static func listed(_ page: VersionPage, through session: any RegistrySession) async throws -> [NuGetVersion] {
        if let listed = page.listed { return listed }
        guard let own = try await session.json(at: page.url, having: .array("/items")) else {
            throw WireError(.absent, url: page.url, "a page of the registration is gone")
        }
        return VersionPage(own).listed ?? []
    }

    /// Whether it is new enough to hold that release, listed or not.
    func knows(_ release: Release) -> Bool {
        let version = NuGetVersion(release.version)
        return pages.first.map { !($0.upper < version) } ?? false
    }

    /// How it lags behind what the catalogue told of the package, in words; nil where it does not.
    func lag(behind package: Package) -> String? {
        let told = package.newest.version
        if !knows(package.newest) { return "its registration does not know \(told) yet" }
        if let upper = pages.first?.upper, NuGetVersion(told) < upper {
            return "its registration knows \(upper.normalized), and the catalogue nothing newer than \(told)"
        }
        guard let time, time.nanoseconds < package.lastTold.place else { return nil }
        return "its registration of \(time.text) is older than what the catalogue told last"
    }
}

extension Registration.VersionPage {
    fileprivate init(_ page: JSONValue) {
        let entries = page["/items"]?.elements?.compactMap { $0["/catalogEntry"] }
        let versions = (entries ?? []).compactMap(\.version)
        upper = (versions + [page["/upper"]?.text.map(NuGetVersion.init)].compactMap(\.self)).max() ?? NuGetVersion("")
        url = page["/@id"]?.text ?? ""
        listed = entries?.filter(NuGetMiner.isListed).compactMap(\.version).sorted { $1 < $0 }
    }
}

extension JSONValue {
    fileprivate var version: NuGetVersion? { self["/version"]?.text.map(NuGetVersion.init) }
}
