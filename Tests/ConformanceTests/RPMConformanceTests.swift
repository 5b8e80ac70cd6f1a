import ContentDigest
import Foundation
import MinerTestKit
import PackageMining
import RPMMiner
import Synchronization
import Testing

@Suite("The RPM miner")
struct RPMConformanceTests {
    @Test("keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance { RPMFixture() }.check(promise)
    }
}

/// A repository of ten names, two builds each, in one file whose name is its checksum.
private final class RPMFixture: RegistryFixture {
    /// The names of each listing, before and after the repository grew.
    private let listings = Mutex([(1...10).map { "package-\($0)" }])

    /// How many of them are told of; nil for all.
    private let kept = Mutex(Int?.none)

    private let removed = Mutex<Set<String>>([])

    /// Names with a newer build and another homepage.
    private let changed = Mutex<Set<String>>([])

    /// How many packages have no name.
    private let nameless = Mutex(0)

    func miner(at baseURL: String) -> RPMMiner { RPMMiner(repositoryURL: baseURL + "/os/") }

    func kind(of request: LoopbackRequest) -> RequestKind { .listing }

    func answer(to request: LoopbackRequest) -> LoopbackAnswer {
        let primary = gzip(Array(primary.utf8))
        guard let checksum = try? Digest.hex(of: primary, by: .sha256) else { return .text(500, "no checksum") }
        let location = "repodata/\(checksum)-primary.xml.gz"
        switch request.path {
        case "/os/repodata/repomd.xml": return LoopbackAnswer(200, body: Array(index(checksum, location).utf8))
        case "/os/\(location)": return LoopbackAnswer(200, body: primary)
        default: return .text(404, "not here")
        }
    }

    /// No place tells which name came first, so that those of one listing are in their own order.
    var expected: [ExpectedRow] {
        listings.withLock { $0 }.flatMap { names in
            names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { name in
                removed.withLock { $0.contains(name) }
                    ? ExpectedRow(name, outcome: .withdrawn) : ExpectedRow(name, homepage: homepage(of: name))
            }
        }
    }

    private func homepage(of name: String) -> String {
        changed.withLock { $0.contains(name) } ? "https://changed.test/" : "https://rpm.test/\(name.utf8.count)?a&b"
    }

    func grow() { listings.withLock { $0.append(["package-0", "zlib", "libstdc++"]) } }

    /// XML has no place for control characters.
    func add(names: [String]) -> Bool {
        let names = names.filter {
            $0.unicodeScalars.allSatisfy { $0.value >= 32 || "\t\n\r".unicodeScalars.contains($0) }
        }
        listings.withLock { $0[$0.count - 1] += names }
        return true
    }

    func remove(_ name: String) -> Bool {
        removed.withLock { $0.insert(name).inserted }
    }

    func change(_ name: String) -> Bool {
        changed.withLock { $0.insert(name).inserted }
    }

    func addUnreadableEntry() -> Bool {
        nameless.withLock { $0 += 1 }
        return true
    }

    func shrink(to count: Int?) -> Bool {
        kept.withLock { $0 = count }
        return true
    }

    var isListedWhole: Bool { true }

    private func index(_ checksum: String, _ location: String) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <repomd xmlns="http://linux.duke.edu/metadata/repo">
          <data type="primary"><checksum type="sha256">\(checksum)</checksum><location href="\(location)"/></data>
        </repomd>
        """
    }

    private var primary: String {
        let all = listings.withLock { $0.flatMap(\.self) }
        let there = all.suffix(kept.withLock { $0 } ?? all.count)
        let names = there.filter { name in !removed.withLock { $0.contains(name) } }
        let builds = names.reversed().map { name in
            let version = changed.withLock { $0.contains(name) } ? "2.0" : "1.10"
            return build(name, version, homepage(of: name).replacing("&", with: "&amp;"))
                + build(name, "1.9", "https://old.test/")
        }
        let nameless = nameless.withLock { $0 }
        let unreadable = String(repeating: "<package><version ver=\"1\"/></package>\n", count: nameless)
        return """
            <metadata packages="\(2 * builds.count + nameless)">
            \(unreadable)\(builds.joined())</metadata>

            """
    }

    private func build(_ name: String, _ version: String, _ url: String) -> String {
        let name = name.unicodeScalars.map { scalar in
            scalar.properties.isAlphabetic ? String(scalar) : "&#\(scalar.value);"
        }
        return """
            <package type="rpm"><name>\(name.joined())</name><version epoch="0" ver="\(version)" rel="1"/>
            <url>\(url)</url></package>

            """
    }
}
