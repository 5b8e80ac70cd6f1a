import Foundation
import MinerTestKit
import PackageMining
import RubyGemsMiner
import Synchronization
import Testing

@Suite("The RubyGems miner")
struct RubyGemsConformanceTests {
    @Test("The RubyGems miner keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance { RubyGemsFixture() }.check(promise)
    }
}

/// A small bucket of dumps: one for each change of the registry, a minute after the last. Of the gems one has a yanked
/// version, one platforms, and one is yanked whole.
private final class RubyGemsFixture: RegistryFixture {
    private struct State {
        var gems: [GemRow] = []

        /// So many of the last gems are told; nil where all are.
        var told: Int?

        /// How many versions besides its newest each gem has.
        var olderVersions = 1

        mutating func tell(_ name: String, _ form: GemRow.Form = .linkset) {
            gems.append(GemRow(id: gems.count + 1, name: name, form: form))
        }
    }

    private static let folder = "production/public_postgresql"

    /// What the registry was at each dump; the last is what it is.
    private let dumps = Mutex([State()])
    private let keysOnAPage = Mutex(1_000)
    private let raw = RawNames()

    /// When the first dump was made: some days ago.
    private let began = Date(timeIntervalSinceNow: -7 * 24 * 60 * 60)

    init() {
        change { state in
            for number in 1...8 { state.tell("gem-\(number)", number % 2 == 0 ? .linkset : .metadata) }
            state.tell("no-indexed-version", .yanked)
            state.tell("platforms", .platforms)
            state.tell("last", .otherKey)
        }
    }

    private func change(_ body: (inout State) -> Void) {
        dumps.withLock { dumps in
            var state = dumps[dumps.count - 1]
            body(&state)
            dumps.append(state)
        }
    }

    private var state: State { dumps.withLock { $0[$0.count - 1] } }

    func miner(at baseURL: String) -> RubyGemsMiner { RubyGemsMiner(dumpURL: "\(baseURL)/dumps/\(Self.folder)") }

    func kind(of request: LoopbackRequest) -> RequestKind { .listing }

    func answer(to request: LoopbackRequest) -> LoopbackAnswer {
        let dumps = dumps.withLock { $0 }
        if request.path == "/dumps/" {
            return LoopbackAnswer(200, body: Array(page(behind: request.query("marker") ?? "", of: dumps.count).utf8))
        }
        guard let index = dumps.indices.first(where: { request.path == "/dumps/\(key($0))" }) else {
            return .text(404, "<Error><Code>NoSuchKey</Code></Error>")
        }
        var answer = LoopbackAnswer(200, headers: [Header("ETag", "\"\(index)\"")], body: archive(of: dumps[index]))
        answer.mayCompress = false
        return answer.conditional(on: request)
    }

    private func key(_ dump: Int) -> String {
        let time = began.addingTimeInterval(Double(dump) * 60).ISO8601Format()
        let numbers = time.dropLast().split { "-T:".contains($0) }
        return "\(Self.folder)/\(numbers.joined(separator: "."))/public_postgresql.tar"
    }

    private func page(behind marker: String, of dumps: Int) -> String {
        let keys = (0..<dumps).map(key).filter { $0 > marker }
        let shown = keys.prefix(keysOnAPage.withLock { $0 })
        let contents = shown.map {
            "<Contents><Key>\($0)</Key><Size>1</Size><StorageClass>STANDARD</StorageClass></Contents>"
        }
        return
            "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><IsTruncated>\(shown.count < keys.count)"
            + "</IsTruncated>\(contents.joined())</ListBucketResult>"
    }

    private func archive(of state: State) -> [UInt8] {
        let told = state.gems.suffix(state.told ?? state.gems.count).filter { !$0.isRemoved }.reversed()
        var sql = "\\restrict token\n"
        for (table, rows) in [
            ("dependencies (id)", told.map { "\($0.id)" }),
            ("linksets (id, rubygem_id, home, code)", told.map(\.linkset)),
            ("rubygems (id, name, indexed)", told.map(\.gem)),
            (
                "versions (id, rubygem_id, platform, latest, \"position\", indexed, metadata)",
                told.flatMap { $0.versions(older: state.olderVersions) }
            ),
        ] {
            sql += "COPY public.\(table) FROM stdin;\n\(rows.map { $0 + "\n" }.joined())\\.\n\n"
        }
        var archive = TarWriter()
        let bytes = raw.put(into: LoopbackAnswer(200, body: Array(sql.utf8))).body
        archive.addFile("public_postgresql/databases/PostgreSQL.sql.gz", gzip(bytes))
        archive.end()
        return archive.bytes
    }

    var expected: [ExpectedRow] {
        state.gems.filter { $0.form != .yanked && $0.form != .unreadable && !RawNames.isOne($0.name) }.map(\.expected)
    }

    func grow() { _ = add(names: ["new-1", "new-2", "new-3"]) }

    var pageSizes: [Int] { [1, 2, 3] }
    func setPageSize(_ size: Int) { keysOnAPage.withLock { $0 = size } }

    func add(names: [String]) -> Bool {
        change { state in names.forEach { state.tell($0) } }
        return true
    }

    func add(rawNames: [[UInt8]]) -> Bool { add(names: raw.add(rawNames)) }

    func add(namesWithManyLinks names: [String]) -> Bool {
        let forms: [GemRow.Form] = [.linkset, .metadata, .otherKey, .platforms, .blank]
        change { state in
            for (number, name) in names.enumerated() { state.tell(name, forms[number % forms.count]) }
        }
        return true
    }

    func addUnreadableEntry() -> Bool {
        change { $0.tell("", .unreadable) }
        return true
    }

    func repeatEntries(_ times: Int) -> Bool {
        change { $0.olderVersions = times }
        return true
    }

    var isListedWhole: Bool { true }

    func shrink(to count: Int?) -> Bool {
        change { $0.told = count }
        return true
    }

    func remove(_ name: String) -> Bool { change(name) { $0.isRemoved = true } }

    func change(_ name: String) -> Bool { change(name) { $0.publications += 1 } }

    private func change(_ name: String, _ body: (inout GemRow) -> Void) -> Bool {
        var isThere = false
        change { state in
            guard let index = state.gems.firstIndex(where: { $0.name.utf8.elementsEqual(name.utf8) }) else { return }
            body(&state.gems[index])
            isThere = true
        }
        return isThere
    }
}

private struct GemRow {
    enum Form {
        /// Its links are in the linkset, in its newest version's metadata, in both with a blank homepage.
        case linkset, metadata, blank
        /// A link of the metadata hides the repository of the linkset.
        case otherKey
        /// The newest version is of another platform than the one that counts.
        case platforms
        case yanked, unreadable
    }

    let id: Int
    let name: String
    let form: Form
    var publications = 1
    var isRemoved = false

    var gem: String { "\(id)\t\(copied(name))\tt" }

    var linkset: String { "\(id)\t\(id)\thttps://home.test/\(id)/\(told)\thttps://git.test/\(id)/\(told)" }

    /// The linkset is of the whole gem, the metadata of a version.
    private var told: String { form == .linkset ? "\(publications)" : "linkset" }

    func versions(older: Int) -> [String] {
        (0..<older).map { version($0 + 2, "ruby", "f", "\"source_code_uri\"=>\"https://old.test/\"") } + newest
    }

    private var newest: [String] {
        let own = "\"source_code_uri\"=>\"https://own.test/\(publications)\""
        switch form {
        case .linkset: return [version(0, "ruby", "t", "\"rubygems_mfa_required\"=>\"true\"")]
        case .metadata: return [version(0, "ruby", "t", "\"homepage_uri\"=>\"https://own.test/\", \(own)")]
        case .blank: return [version(0, "ruby", "t", "\"homepage_uri\"=>\" \", \(own)")]
        case .otherKey: return [version(0, "ruby", "t", "\"wiki_uri\"=>NULL")]
        case .platforms: return [version(0, "java", "t", ""), version(1, "ruby", "t", own)]
        case .yanked, .unreadable: return []
        }
    }

    private func version(_ position: Int, _ platform: String, _ isLatest: String, _ metadata: String) -> String {
        let isIndexed = form == .yanked ? "f" : "t"
        return "\(id * 100 + position)\t\(id)\t\(platform)\t\(isLatest)\t\(position)\t\(isIndexed)\t\(copied(metadata))"
    }

    /// As `COPY` writes it.
    private func copied(_ text: String) -> String {
        let escapes: [UInt8: String] = [0x09: "\\t", 0x0A: "\\n", 0x0D: "\\r", 0x5C: "\\\\"]
        return String(decoding: text.utf8.flatMap { escapes[$0].map { Array($0.utf8) } ?? [$0] }, as: UTF8.self)
    }

    var expected: ExpectedRow {
        let isOwn = form == .metadata || form == .blank || form == .platforms
        let linked = form == .linkset ? "https://git.test/\(id)/\(told)" : nil
        return ExpectedRow(
            name, homepage: form == .metadata ? "https://own.test/" : "https://home.test/\(id)/\(told)",
            repository: isOwn ? "https://own.test/\(publications)" : linked, outcome: isRemoved ? .withdrawn : nil)
    }
}
