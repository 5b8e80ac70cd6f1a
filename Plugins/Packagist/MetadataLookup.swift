import PackageMining
import RegistryDocuments
import RegistryJSON

/// Finds the homepage of a package's highest version, the first in the file of its tags, else in that of its branches.
struct MetadataLookup {
    let package: Package
    let metadataURL: String
    let session: any RegistrySession

    private var key: String { simpleLowercase(package.name) }

    func resolve() async throws -> Resolution {
        guard let name = urlPath(key.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)) else {
            return Resolution(.invalidName)
        }
        let tags = try await answer(in: name, changed: .tags)
        if let found = tags.content, found.outcome != .gone { return tags.lag.map(found.lagging) ?? found }
        let branches = try await answer(in: name + "~dev", changed: .branches)
        let isGone = branches.content?.outcome == .gone && tags.content == nil
        let found = (isGone ? nil : branches.content) ?? .links(homepage: nil, repository: nil)
        return (tags.lag ?? branches.lag).map(found.lagging) ?? found
    }

    /// Nil where nothing is tagged: an empty array. The first version is whole, the others are what differs
    /// (https://github.com/composer/metadata-minifier).
    private func answer(in file: String, changed word: ToldWord) async throws -> DatedAnswer<Resolution?> {
        let request = Request(metadataURL.replacing("%package%", with: file), bodyLimit: 64 << 20)
        return try await session.lookUp(package, in: request, ofTime: word.time(in: package.told)) { response in
            guard let versions = try response.json()["/packages"]?.member(key)?.elements,
                versions.first.map({ $0.members != nil }) ?? true
            else { throw response.malformed("no metadata of \(key)") }
            if versions.isEmpty, word == .tags { return nil }
            return .links(homepage: versions.first?["/homepage"]?.text, repository: nil)
        }
    }
}
