import PackageMining
import RegistryDocuments
import RegistryJSON

/// The packages of both lists: one comes from the database, one from Redis, and servers have answered with different ones
/// (composer/mirror#3). What either has is listed.
struct RegisteredPackages: Sendable {
    private var packages = SnapshotPackages()
    /// The hashes of the keys in the list without fields.
    private var named: Set<Int> = []

    private static let fields = ["repository", "type", "abandoned"].map { "fields%5B%5D=\($0)" }.joined(separator: "&")
    /// The documentation says `package`, the server `packages`.
    private static let keys = ["/packages", "/package"]

    mutating func read(at url: String, through session: any RegistrySession) async throws {
        let list = Download("\(url)?\(Self.fields)") { JSONElements(of: [], optional: Self.keys) }
        self = try await list.reduce(into: self, through: session) {
            $0.take($1, of: url)
        } atEnd: { _, reader in
            if !Self.keys.contains(where: reader.hasMet) { throw JSONError("it has no packages") }
        }
        let registered = packages.count
        let names = Download(url) { JSONElements(of: ["/packageNames"]) }
        self = try await names.reduce(into: self, through: session) { $0.take($1, of: url) }
        let alone = (names: packages.count - registered, fields: packages.count - named.count)
        if alone == (0, 0) { return }
        let words = "\(alone.names) in the list without fields alone, \(alone.fields) in that with: all are listed"
        packages.note(Problem(.contradiction, at: url, words))
    }

    /// A member of the list with fields, which has its name for a key, or an element of the other.
    private mutating func take(_ element: JSONElement, of url: String) {
        let entry = element.entry(of: url, noting: &packages) { value in
            guard let name = element.key ?? value.text else { throw JSONError("it names no package") }
            if element.key != nil { try value.need([.object("")]) }
            return (name, Release(version: "", repository: value["/repository"]?.text))
        }
        guard let (name, release) = entry else { return }
        let key = simpleLowercase(name)
        if element.key == nil { named.insert(Array(key.utf8).hashValue) }
        packages.add(name: name, key: key == name ? nil : key, release)
    }

    /// Hands over each package, with what the feed has told of it.
    mutating func handOver(
        with news: News, _ take: (_ page: Page, _ isLast: Bool) async throws -> Void
    ) async throws {
        for problem in news.problems { packages.note(problem) }
        let (changes, listed) = (news.changes, ToldWord.listed.place(at: news.all))
        let append = { (page: inout Page, name: String, key: String?, told: Release) in
            let key = key ?? name
            for place in [listed] + (changes[Array(key.utf8)] ?? []) {
                let release = Release(version: "", place: place, repository: told.repository)
                ToldWord.deletion.isTold(at: place)
                    ? page.appendDeletion(of: name, key: key, place: place)
                    : page.appendChange(of: name, key: key, release)
            }
        }
        try await packages.handOver(inPagesOf: 5_000, append: append, take)
    }
}
