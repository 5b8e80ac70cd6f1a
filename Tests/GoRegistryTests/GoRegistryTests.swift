import Foundation
import GoRegistryFixture
import MinerTestKit
import PackageMining
import Testing

@Suite("A Go registry")
struct GoRegistryTests {
    private let small = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../fixtures/go/small")

    @Test("A Go registry from the small fixture tells the same as its truth")
    func fixture() throws {
        let registry = try GoRegistry.fixture(at: small)
        var firsts: [String] = []
        for entry in registry.entries where !entry.isUnavailable {
            if !firsts.contains(where: { $0.utf8.elementsEqual(entry.path.utf8) }) { firsts.append(entry.path) }
        }
        let expected = registry.expected()
        #expect(expected.map(\.path) == firsts)
        #expect(
            Set(expected.map(\.outcome)).isSuperset(of: [.resolved, .noRepository, .gone, .notCached, .invalidName]))
        #expect(expected.allSatisfy { ($0.outcome == .resolved) == ($0.repository != nil) })
    }

    @Test("A Go registry from the small fixture sends the index as the file has it")
    func fixtureBytes() throws {
        let registry = try GoRegistry.fixture(at: small)
        let sent = registry.answer(to: LoopbackRequest(target: "/index")).body
        #expect(try Data(contentsOf: small.appending(path: "index.ndjson")) == Data(sent))
    }

    @Test("A Go registry from the small fixture answers for each module that can be asked for")
    func fixtureAnswers() throws {
        let registry = try GoRegistry.fixture(at: small)
        for entry in registry.expected() where entry.outcome == .resolved {
            let escaped = entry.path.map { $0.isUppercase ? "!\($0.lowercased())" : String($0) }.joined()
            let newest = try #require(registry.entries.last { $0.path == entry.path && !$0.isUnavailable }).version
            let version = newest.map { $0.isUppercase ? "!\($0.lowercased())" : String($0) }.joined()
            let bodies = ["@latest", "@v/\(version).info", "@v/\(version).info", "@v/\(version).info"].map {
                String(
                    decoding: registry.answer(to: LoopbackRequest(target: "/proxy/\(escaped)/\($0)")).body,
                    as: UTF8.self)
            }
            let repository = try #require(entry.repository)
            #expect(bodies.contains { $0.contains("\"URL\":\"\(repository)\"") }, "\(entry.path)")
        }
    }

    @Test("A Go registry is the same for the same seed, and another for another")
    func seeds() {
        let registry = GoRegistry.synthetic(modules: 500, seed: 3)
        #expect(registry.entries == GoRegistry.synthetic(modules: 500, seed: 3).entries)
        #expect(registry.expected() == GoRegistry.synthetic(modules: 500, seed: 3).expected())
        #expect(registry.entries != GoRegistry.synthetic(modules: 500, seed: 4).entries)
    }

    @Test("A Go registry of synthetic modules has every outcome, capitals, and several versions a module")
    func proportions() {
        let registry = GoRegistry.synthetic(modules: 5000, seed: 1)
        let expected = registry.expected()
        #expect(expected.count == 5000)
        let outcomes = Set(Outcome.allCases).subtracting([
            .noVersion, .withdrawn, .unsettled, .resolvedDirectly, .skipped,
        ])
        #expect(Set(expected.map(\.outcome)) == outcomes)
        #expect((300...600).contains(expected.count { $0.path.contains(where: \.isUppercase) }))
        #expect((11_000...14_000).contains(registry.entries.count))
        #expect(
            Set(GoRegistry.synthetic(modules: 5000, seed: 1, mix: .healthy).expected().map(\.outcome))
                .isDisjoint(with: [.failed, .forbidden]))
    }

    @Test("A Go registry of synthetic modules grows behind its end and keeps what it told")
    func growth() {
        let registry = GoRegistry.synthetic(modules: 500, seed: 1)
        let (entries, expected) = (registry.entries, registry.expected())
        registry.growSynthetically(by: 50, seed: 2)
        #expect(Array(registry.entries.prefix(entries.count)) == entries)
        #expect(Array(registry.expected().prefix(expected.count)) == expected)
        #expect(registry.expected().count == 550)
    }

    @Test("A Go registry that is spread out has the same list and no time twice")
    func spread() throws {
        let registry = try GoRegistry.fixture(at: small)
        let before = registry.expected()
        registry.spreadOut()
        #expect(registry.expected().map(\.path) == before.map(\.path))
        #expect(Set(registry.entries.map(\.time)).count == registry.entries.count)
        #expect(zip(registry.expected(), registry.expected().dropFirst()).allSatisfy { $0.appeared < $1.appeared })
    }

    @Test("A Go registry puts modules that appear at one time in the order of their paths")
    func order() {
        let time = EntryTime(nanoseconds: 1_554_923_332_000_000_000)
        let paths = ["github.com/b/b", "github.com/B/b", "github.com/a/a"]
        let registry = GoRegistry(paths.map { GoModule($0, releases: [.init("v1.0.0", at: time)]) })
        #expect(registry.expected().map(\.path) == ["github.com/B/b", "github.com/a/a", "github.com/b/b"])
    }
}
