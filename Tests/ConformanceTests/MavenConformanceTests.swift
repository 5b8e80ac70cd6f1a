import MavenMiner
import MinerTestKit
import PackageMining
import Synchronization
import Testing

@Suite("The Maven miner")
struct MavenConformanceTests {
    @Test("The Maven miner keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance { MavenFixture() }.check(promise)
    }
}

/// A repository with its Nexus index: whole, and a chunk for each time that it grew.
private final class MavenFixture: RegistryFixture {
    private struct State {
        var chunks: [[Artifact]] = [MavenFixture.artifacts]
        var pageSize = 20_000
        /// How many artifacts the whole index tells of; nil for all.
        var kept: Int?
        /// How often the index was begun anew: no chunk then leads on from the last one.
        var chain = 0

        /// How often the whole index tells of each artifact.
        var repetitions = 1
    }

    /// An artifact by what its POM says; nil where the repository has none.
    private struct Artifact {
        var name: String
        var versions = ["1"]
        var pom: String?
        var homepage: String?
        var repository: String?
        /// How the repository refuses where it has no POM.
        var refusal = 404

        /// Whether its version is told to be gone.
        var isDeletion = false

        var outcome: Outcome {
            guard pom == nil else { return repository == nil ? .noRepository : .resolved }
            return refusal == 451 ? .withheld : .gone
        }
    }

    private static let firstChunk = 7
    private let state = Mutex(State())

    func miner(at baseURL: String) throws -> MavenMiner {
        MavenMiner(repositoryURL: "\(baseURL)/maven2", pageSize: state.withLock { $0.pageSize })
    }

    func kind(of request: LoopbackRequest) -> RequestKind {
        if request.path.hasPrefix("/maven2/.index/") { return .listing }
        return Self.parents.keys.contains(request.path) ? .lookUp("parent") : .lookUp("POM")
    }

    func answer(to request: LoopbackRequest) -> LoopbackAnswer {
        let state = state.withLock { $0 }
        let chunks = state.chunks
        let numbers = chunks.indices.map { Self.firstChunk + $0 }
        let file = request.path.split(separator: "/").last ?? ""
        if file == "nexus-maven-repository-index.properties" { return Self.properties(numbers, chain: state.chain) }
        if file == "nexus-maven-repository-index.gz" {
            let all = Self.standing(chunks.flatMap(\.self))
            let told = all.suffix(state.kept ?? all.count)
            return Self.index(Array(repeatElement(told, count: state.repetitions).joined()), request)
        }
        for (number, artifacts) in zip(numbers, chunks) where file == "nexus-maven-repository-index.\(number).gz" {
            return Self.index(artifacts, request)
        }
        if let parent = Self.parents[request.path] { return Self.pom(parent) }
        let asked = chunks.joined().first { "/maven2/\(Self.path(of: $0))" == request.path && !$0.isDeletion }
        return asked?.pom.map(Self.pom) ?? .text(asked?.refusal ?? 404, "none")
    }

    var expected: [ExpectedRow] {
        let told = state.withLock { $0.chunks }.flatMap(\.self).filter { $0.name.contains(":") }
        let last = Dictionary(told.map { (Array($0.name.utf8), $0) }) { $1 }
        var seen: Set<[UInt8]> = []
        return told.compactMap { artifact in
            let key = Array(artifact.name.utf8)
            guard seen.insert(key).inserted, let artifact = last[key] else { return nil }
            if artifact.isDeletion { return ExpectedRow(artifact.name, outcome: .withdrawn) }
            if Self.path(of: artifact).isEmpty { return ExpectedRow(artifact.name, outcome: .invalidName) }
            return ExpectedRow(
                artifact.name, homepage: artifact.homepage, repository: artifact.repository, outcome: artifact.outcome)
        }
    }

    func grow() {
        state.withLock { $0.chunks.append((1...3).map { Self.linked("new:n\($0)") }) }
    }

    /// The index parts coordinates, so that any text can be a group's name.
    func add(names: [String]) -> Bool {
        state.withLock { $0.chunks.append(names.map { Self.linked("\($0):a") }) }
        return true
    }

    func add(namesWithinSecond names: [String]) -> Bool { add(names: names) }

    func remove(_ name: String) -> Bool {
        tell(name) { known in
            known.map { Artifact(name: $0.name, versions: $0.versions, isDeletion: true) }
        }
    }

    /// A newer version with other links.
    func change(_ name: String) -> Bool {
        tell(name) { known in
            var artifact = Self.linked("org.example:changed", versions: ["2.\(known.count)"])
            artifact.name = name
            return [artifact]
        }
    }

    /// Adds a chunk with what follows from all that was told of an artifact.
    private func tell(_ name: String, _ next: ([Artifact]) -> [Artifact]) -> Bool {
        state.withLock { state in
            let known = state.chunks.joined().filter { $0.name.utf8.elementsEqual(name.utf8) }
            guard known.last.map({ !$0.isDeletion }) ?? false else { return false }
            state.chunks.append(next(known))
            return true
        }
    }

    /// Coordinates that lack a version.
    func addUnreadableEntry() -> Bool {
        state.withLock { $0.chunks.append([Artifact(name: "unreadable-\($0.chunks.count)")]) }
        return true
    }

    /// What a whole index has.
    private static func standing(_ told: [Artifact]) -> [Artifact] {
        let gone = Set(told.filter(\.isDeletion).map { Array($0.name.utf8) })
        return told.filter { !gone.contains(Array($0.name.utf8)) }
    }

    func repeatEntries(_ times: Int) -> Bool {
        state.withLock { $0.repetitions = times }
        return true
    }

    func shrink(to count: Int?) -> Bool {
        state.withLock {
            $0.kept = count
            $0.chain += 1
        }
        return true
    }

    var pageSizes: [Int] { [2, 3, 5] }
    func setPageSize(_ size: Int) { state.withLock { $0.pageSize = size } }
}

// MARK: - What there is

extension MavenFixture {
    private static let artifacts =
        (1...4).map { linked("org.example:plain\($0)") } + [
            linked("org.example:many", versions: ["1.9", "1.10", "1.10-rc1", "1.2-SNAPSHOT"]),
            Artifact(
                name: "org.example:child",
                pom:
                    "<parent><groupId>org.example</groupId><artifactId>parent</artifactId><version>3</version></parent>"
                    + "<artifactId>child</artifactId>",
                homepage: "https://example.test/libs/child", repository: "https://git.test/p/libs/child"),
            Artifact(
                name: "org.example:connected",
                pom: "<scm><developerConnection>scm:git:ssh://git.test/c.git</developerConnection></scm>",
                repository: "ssh://git.test/c.git"),
            Artifact(name: "org.example:nothing", pom: "<url>https://u.test/${undefined}</url>"),
            Artifact(
                name: "org.example:moved",
                pom: "<groupId>org.example</groupId><artifactId>moved</artifactId><version>1</version>"
                    + "<distributionManagement><relocation><artifactId>target</artifactId></relocation>"
                    + "</distributionManagement>",
                homepage: "https://u.test/target", repository: "https://git.test/target"),
            Artifact(name: "org.example:gone"), Artifact(name: "org.example:withheld", refusal: 451),
            linked("org.example:é𝄞"),
        ]

    /// POMs that are asked for besides the listed ones.
    private static let parents = [
        "/maven2/org/example/parent/3/parent-3.pom":
            "<groupId>org.example</groupId><artifactId>parent</artifactId><version>3</version><packaging>pom</packaging>"
            + "<url>https://example.test</url><scm child.scm.url.inherit.append.path=\"true\">"
            + "<url>https://git.test/p</url></scm><modules><module>libs/child</module></modules>",
        "/maven2/org/example/target/1/target-1.pom":
            "<url>https://u.test/target</url><scm><url>https://git.test/target</url></scm>",
    ]

    private static func linked(_ name: String, versions: [String] = ["1"]) -> Artifact {
        let id = name.split(separator: ":").last.map(String.init) ?? ""
        let links = (homepage: "https://u.test/\(id)", repository: "https://git.test/\(id)")
        return Artifact(
            name: name, versions: versions,
            pom: "<url>\(links.homepage)</url><scm><url>\(links.repository)</url></scm>",
            homepage: links.homepage, repository: links.repository)
    }

    private static func path(of artifact: Artifact) -> String {
        let parts = artifact.name.split(separator: ":").map(String.init)
        let version = artifact.versions.count > 1 ? "1.10" : artifact.versions[0]
        let folders = (parts.first ?? "").split(separator: ".", omittingEmptySubsequences: false).map { urlSegment($0) }
        guard parts.count == 2, let segment = urlSegment(parts[1]), !folders.contains(nil) else { return "" }
        let group = folders.compactMap(\.self).joined(separator: "/")
        return "\(group)/\(segment)/\(version)/\(segment)-\(version).pom"
    }
}

// MARK: - How it is told

extension MavenFixture {
    private static func pom(_ content: String) -> LoopbackAnswer {
        let text =
            "<?xml version=\"1.0\"?>\n<project xmlns=\"http://maven.apache.org/POM/4.0.0\">\n\(content)\n</project>\n"
        return LoopbackAnswer(200, headers: [Header("Content-Type", "text/xml")], body: Array(text.utf8))
    }

    private static func properties(_ numbers: [Int], chain: Int) -> LoopbackAnswer {
        let chunks = numbers.reversed().enumerated().map { "nexus.index.incremental-\($0)=\($1)\n" }.joined()
        return .text(
            200,
            "#Wed Apr 08 12:52:23 UTC 2026\nnexus.index.chain-id=\(1_318_453_614_498 + chain)\n\(chunks)"
                + "nexus.index.timestamp=20260408120526.011 +0000\nnexus.index.last-incremental=\(numbers.last ?? 0)\n")
    }

    /// Served by range too, so that what broke off goes on; a member of the gzip stream for each artifact, or, where it
    /// tells of many, for many: an answer is not to grow with what it tells, since it lies in memory itself.
    private static func index(_ artifacts: [Artifact], _ request: LoopbackRequest) -> LoopbackAnswer {
        let artifactsAMember = artifacts.count > 1_000 ? 2_000 : 1
        var body = gzip([1] + number(0, 8))
        for first in stride(from: 0, to: artifacts.count, by: artifactsAMember) {
            body += gzip(artifacts[first...].prefix(artifactsAMember).flatMap(records))
        }
        let tag = Header("ETag", "\"\(body.count)-\(artifacts.count)\"")
        var answer = LoopbackAnswer(200, headers: [tag, Header("Accept-Ranges", "bytes")], body: body)
        answer.mayCompress = false
        return answer.ranged(for: request)
    }

    private static func records(of artifact: Artifact) -> [UInt8] {
        artifact.versions.flatMap { version -> [UInt8] in
            guard artifact.name.contains(":") else { return number(1, 4) + field("u", artifact.name) }
            let coordinates = artifact.name.replacing(":", with: "|") + "|\(version)|NA|jar"
            if artifact.isDeletion { return number(1, 4) + field("del", coordinates) }
            return number(3, 4) + field("u", coordinates) + field("m", "1") + field("n", artifact.name)
                + number(1, 4) + field("u", coordinates.replacing("|NA|", with: "|sources|"))
        }
    }

    private static func field(_ name: String, _ value: String) -> [UInt8] {
        let value = modified(value)
        return [5] + number(name.utf8.count, 2) + Array(name.utf8) + number(value.count, 4) + value
    }

    /// Java's modified UTF-8.
    private static func modified(_ text: String) -> [UInt8] {
        text.utf16.flatMap { unit -> [UInt8] in
            let low = UInt8(0x80 | unit & 0x3F)
            return switch unit {
            case 1..<0x80: [UInt8(unit)]
            case 0..<0x800: [UInt8(0xC0 | unit >> 6), low]
            default: [UInt8(0xE0 | unit >> 12), UInt8(0x80 | unit >> 6 & 0x3F), low]
            }
        }
    }

    private static func number(_ value: Int, _ size: Int) -> [UInt8] {
        (0..<size).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
