import ContentDigest
import PackageMining
import RegistryDocuments

/// What a shard tells of its pods: `Name/1.0/1.1`, a line each, whose last version need not be the newest.
struct PodShard: Sendable {
    /// Of which pods it is, with those that it has no line for: a checksum of their names.
    struct State: Codable, Hashable, Sendable { let validators: Validators?, names: String? }

    private(set) var page = Page(), state: State?
    /// The names without a line: pods without a version, or a fault.
    private(set) var missing: [String] = []

    /// - Parameter names: those that `all_pods.txt` has of the shard, which need not be there without any.
    /// - Throws: a malformed answer for a pod whose MD5 has not the shard's digits: the file is another one.
    init(_ digits: String, of names: [String], _ response: Response, known: State?) throws {
        if response.isNotModified {
            for name in names { page.appendUnchanged(name: name) }
            state = known
            return
        }
        var told = Set<NameKey>()
        for line in response.status == 404 && names.isEmpty ? [] : try response.lines(noting: &page) {
            let parts = line.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            let isOfShard = try parts[0].isEmpty || Digest.hex(of: parts[0].utf8, by: .md5).hasPrefix(digits)
            if !isOfShard { throw response.malformed("it is not the shard \(digits), which has no pod \(parts[0])") }
            // CocoaPods passes folders over that are hidden.
            let versions = parts.dropFirst().filter { !$0.isEmpty && $0.utf8.first != UInt8(ascii: ".") }
            let newest = versions.map { (PodVersion($0), $0) }.sorted { $1.0 < $0.0 }.prefix(1 + Package.mostOlder)
            if versions.isEmpty { page.append(name: parts[0]) }
            for (_, version) in newest { page.append(name: parts[0], Release(version: version)) }
            told.insert(NameKey(parts[0]))
        }
        missing = names.filter { !told.contains(NameKey($0)) }
        for name in missing { page.append(name: name) }
        if names.count > 1, missing.count == names.count {
            page.note(Problem(.contradiction, at: response.url, "it has no line for any of its \(names.count) pods"))
        }
        let validators = page.problems.isEmpty ? Validators(of: response) : nil
        state = State(validators: validators, names: try Self.checksum(of: told.map(\.name) + names))
    }

    static func checksum(of names: [String]) throws -> String {
        let lines = Set(names.map { NameKey($0) }).sorted().map { $0.name + "\n" }
        return try Digest.hex(of: lines.joined().utf8, by: .md5)
    }
}
