import PackageMining
import PythonFormats
import RegistryDocuments
import RegistryJSON

/// Looks a project up: in the JSON API, and where that does not have it, by the project's own page of the index.
struct ProjectLookup {
    let indexURL: String
    let session: any RegistrySession

    /// What the JSON API tells may be megabytes: all files of all releases.
    private static let bodyLimit = 64 << 20

    func resolve(_ package: Package) async throws -> Resolution {
        let serial = Int64(package.newest.version)
        if let answer = try await answerOfAPI(package.name, serial) { return answer }
        guard let page = try await page(of: package.name) else { return Resolution(.gone) }
        if page.isQuarantined { return Resolution(.failed, because: "it is in quarantine: nothing is told of it") }
        if let stale = Self.stale(page.serial, serial) { return stale }
        if page.files.isEmpty { return .links(homepage: nil, repository: nil) }
        guard let file = page.newestWithMetadata, let url = page.metadataURL(of: file) else {
            let reason = "the JSON API does not have it, and no file of it has core metadata beside it"
            return Resolution(.failed, because: reason)
        }
        let answer = try await metadata(of: file, at: url)
        return page.hasNewer(than: file)
            ? answer.lagging("its newest file has no core metadata: these are the links of an older one") : answer
    }

    /// - Returns: nil where the JSON API is not there or does not have the project: without a release it is not there.
    private func answerOfAPI(_ name: String, _ serial: Int64?) async throws -> Resolution? {
        let folder = indexURL.prefix(upTo: indexURL.lastIndex(of: "/") ?? indexURL.endIndex)
        let key = normalizedProject(name)
        guard let segment = urlSegment(key) else { return Resolution(.invalidName) }
        return try await session.fetch(Request("\(folder)/pypi/\(segment)/json", bodyLimit: Self.bodyLimit)) { answer in
            if answer.status == 404 || answer.status == 410 { return nil }
            if let refusal = try answer.refusal() { return refusal }
            let document = try answer.json(having: .text("/info/name"))
            guard normalizedProject(document["/info/name"]?.text ?? "").utf8.elementsEqual(key.utf8) else {
                throw answer.malformed("it tells of another project")
            }
            let told = document.serial("/last_serial") ?? answer.header("X-PyPI-Last-Serial").flatMap(Int64.init)
            return Self.stale(told, serial) ?? ProjectLinks(document["/info"]).resolution
        }
    }

    /// A copy from before the project's last change is no answer (pypi/warehouse#4892): it is asked for again.
    private static func stale(_ found: Int64?, _ wanted: Int64?) -> Resolution? {
        guard let found, let wanted, found < wanted else { return nil }
        let reason = "the answer is an old copy, of serial \(found), where the index tells of \(wanted)"
        return Resolution(.failed, because: reason)
    }

    /// The project's own page; nil where there is none.
    func page(of name: String) async throws -> ProjectPage? {
        guard let segment = urlSegment(normalizedProject(name)) else { return nil }
        var request = Request("\(indexURL)/\(segment)/", bodyLimit: Self.bodyLimit)
        request.accept(SimpleAPI.types)
        return try await session.fetch(request) { [url = request.url] answer in
            answer.status == 404 || answer.status == 410 ? nil : try ProjectPage(answer, at: url)
        }
    }

    /// What stands beside a file (PEP 658).
    private func metadata(of file: ProjectPage.File, at url: String) async throws -> Resolution {
        try await session.fetch(Request(url)) { answer in
            let body = try answer.bodyOfSuccess()
            try file.verify(body, of: answer)
            if let links = ProjectLinks(metadata: body) { return links.resolution }
            throw answer.malformed("no core metadata, or cut off")
        }
    }
}
