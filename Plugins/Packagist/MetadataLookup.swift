import PackageMining
import RegistryDocuments
import RegistryJSON

/// Finds the homepage of a package's highest version, the first in the file of its tags, else in that of its branches.
struct MetadataLookup {
    let package: Package
    let metadataURL: String
    let session: any RegistrySession

    private var key: String { simpleLowercase(package.name) }
    /// One that the list with fields lacks now keeps the one that it had there.
    private var repository: String? { package.newest.repository ?? package.known?.repository }

    func resolve() async throws -> Resolution {
        let path = key.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map { urlSegment($0) }
        if path.contains(nil) { return Resolution(.invalidName, repository: repository) }
        let name = path.compactMap(\.self).joined(separator: "/")
        let tags = try await answer(in: name, changed: .tags)
        if let found = tags.content, found.outcome != .gone { return tags.lag.map(found.lagging) ?? found }
        let branches = try await answer(in: name + "~dev", changed: .branches)
        let isGone = branches.content?.outcome == .gone && tags.content == nil
        let found = (isGone ? nil : branches.content) ?? .links(homepage: nil, repository: repository)
        return (tags.lag ?? branches.lag).map(found.lagging) ?? found
    }

    /// Nil where nothing is tagged: an empty array. The first version is whole, the others are what differs
    /// (https://github.com/composer/metadata-minifier).
    private func answer(in file: String, changed word: ToldWord) async throws -> DatedAnswer<Resolution?> {
        let url = metadataURL.replacing("%package%", with: file)
        let known = package.known.flatMap { $0.url == url ? $0 : nil }
        var request = Request(url, bodyLimit: 64 << 20)
        request.known = known?.validators
        return try await session.fetch(request, ofTime: word.time(in: package.told)) { response in
            if let known, response.isNotModified { return links(known.homepage, url, known.validators) }
            if let refusal = try response.refusal() { return Resolution(refusal.outcome, repository: repository) }
            guard let versions = try response.json()["/packages"]?.member(key)?.elements,
                versions.first.map({ $0.members != nil }) ?? true
            else { throw response.malformed("no metadata of \(key)") }
            if versions.isEmpty, word == .tags { return nil }
            return links(versions.first?["/homepage"]?.text, url, Validators(of: response)?.byTime)
        }
    }

    private func links(_ homepage: String?, _ url: String, _ validators: Validators?) -> Resolution {
        .links(homepage: homepage, repository: repository).told(by: url, validators)
    }
}
