import Foundation
import MinerHarness
import MiningStore
import PackageMining
import Synchronization
import Testing

@Suite("A run")
struct MiningRunTests {
    private static let header = "Package ID,Platform,Name,Homepage,Repository\n"

    private static func row(_ number: Int, _ name: String, _ repository: String?) -> String {
        "\(number),Crumb,\(name),\(repository.map { $0 + "#home" } ?? "nan"),\(repository ?? "nan")\n"
    }

    private static func list(_ count: Int) -> String {
        header + (1...count).map { row($0, "crumb-\($0)", "https://g.test/\($0)") }.joined()
    }

    @Test("lists, numbers, resolves and publishes")
    func publishes() async throws {
        let workshop = try Workshop()
        let report = try await workshop.run(CrumbRegistry(count: 10))
        #expect(try workshop.text() == Self.list(10))
        #expect(report.exitCode == 0)
        #expect(report.tally.outcomes == [.resolved: 10])
        #expect(!workshop.exists("Crumb.problems.csv"))
        #expect(!workshop.exists(".Crumb.csv.new") && !workshop.exists(".Crumb.problems.csv.new"))
    }

    @Test("an empty registry gives a list with a header")
    func publishesEmpty() async throws {
        let workshop = try Workshop()
        let report = try await workshop.run(CrumbRegistry([]))
        #expect(try workshop.text() == Self.header)
        #expect(report.exitCode == 0)
    }

    @Test("A run that is stopped after any request and resumed ends with the same bytes and asks nothing twice")
    func resumes() async throws {
        let undisturbed = CrumbRegistry(count: 10)
        try await Workshop().run(undisturbed)
        for stop in 0..<undisturbed.asked.count {
            let workshop = try Workshop()
            let registry = CrumbRegistry(count: 10)
            registry.stop(after: stop)
            await #expect(throws: (any Error).self) { try await workshop.run(registry) }
            registry.stop(after: nil)
            try await workshop.run(registry)
            #expect(try workshop.text() == Self.list(10))
            // Between the two questions at its end, the list is at no end yet: the first one is asked again.
            let extra = registry.asked.count - undisturbed.asked.count
            #expect(extra == 0 || extra == 1 && registry.asked[stop - 1].hasSuffix("?after=10"))
            #expect(Set(registry.asked) == Set(undisturbed.asked), "stopped after \(stop) requests")
        }
    }

    @Test("a second run asks for what is new only, and moves no Package ID")
    func updates() async throws {
        let workshop = try Workshop()
        let registry = CrumbRegistry(count: 9)
        try await workshop.run(registry)
        registry.forgetAsked()
        try await workshop.run(registry)
        #expect(registry.asked == [String](repeating: "https://crumb.test/packages?after=9", count: 2))
        #expect(try workshop.text() == Self.list(9))
        registry.forgetAsked()
        registry.grow([.init(name: "aaa", repository: nil)])
        try await workshop.run(registry)
        #expect(try workshop.text() == Self.list(9) + Self.row(10, "aaa", nil))
        #expect(registry.asked.count == 4)
    }

    @Test("a package that fails is named in the problems file, and the next run asks for it and nothing else")
    func retriesFailures() async throws {
        let workshop = try Workshop()
        let registry = CrumbRegistry(count: 9)
        registry.setFailing(["crumb-4"])
        let report = try await workshop.run(registry)
        #expect(report.exitCode == 75)
        #expect(try workshop.text().contains("4,Crumb,crumb-4,nan,nan\n"))
        #expect(
            try workshop.text("Crumb.problems.csv")
                == "Kind,Subject,Detail\nfailed,crumb-4,unreachable: status 500 (6 attempts)\n")
        registry.setFailing([])
        registry.forgetAsked()
        let second = try await workshop.run(registry)
        #expect(
            registry.asked == [
                "https://crumb.test/packages?after=9", "https://crumb.test/packages?after=9",
                "https://crumb.test/packages/crumb-4",
            ])
        #expect(second.exitCode == 0)
        #expect(try workshop.text() == Self.list(9))
        #expect(!workshop.exists("Crumb.problems.csv"))
    }

    @Test("names come out exactly as they came in, told apart by their UTF-8")
    func keepsNames() async throws {
        let names = [
            "a,b", "say \"hi\"", "two\nlines", "lone\rCR", "=1+1", "../../etc/passwd", "\u{1B}[31mred", "é", "e\u{301}",
            "nan", "Case", "case", " space ", "'", "𝄞", "zero\u{0}byte", String(repeating: "x", count: 10_000),
        ]
        let workshop = try Workshop()
        try await workshop.run(CrumbRegistry(names.map { .init(name: $0, repository: nil) }))
        let expected = names.enumerated().map { index, name in
            let quotes = name.unicodeScalars.contains { ",\"\n\r".unicodeScalars.contains($0) }
            return Self.row(index + 1, quotes ? "\"\(name.replacing("\"", with: "\"\""))\"" : name, nil)
        }
        #expect(Array(try workshop.text().utf8) == Array((Self.header + expected.joined()).utf8))
    }

    @Test("the first packages only, and then the rest without moving them")
    func limits() async throws {
        let workshop = try Workshop()
        let registry = CrumbRegistry(count: 10)
        let report = try await workshop.run(registry) { $0.limit = 4 }
        #expect(try workshop.text() == Self.list(4))
        #expect(!report.isWhole)
        try await workshop.run(registry)
        #expect(try workshop.text() == Self.list(10))
    }

    @Test("A run may take names only, and a later one looks them up")
    func skipsResolving() async throws {
        let workshop = try Workshop()
        let registry = CrumbRegistry(count: 2)
        let report = try await workshop.run(registry) { $0.resolves = false }
        #expect(try workshop.text() == Self.header + Self.row(1, "crumb-1", nil) + Self.row(2, "crumb-2", nil))
        #expect(report.exitCode == 0)
        try await workshop.run(registry)
        #expect(try workshop.text() == Self.list(2))
    }

    @Test("a fresh start keeps the old state until the new list is published")
    func startsFresh() async throws {
        let workshop = try Workshop()
        let registry = CrumbRegistry(count: 4)
        try await workshop.run(registry)
        registry.stop(after: 3)
        await #expect(throws: (any Error).self) { try await workshop.run(registry, fresh: true) }
        #expect(workshop.exists(".pkgmine/crumb.previous.sqlite"))
        #expect(try workshop.text() == Self.list(4))
        registry.stop(after: nil)
        try await workshop.run(registry)
        #expect(!workshop.exists(".pkgmine/crumb.previous.sqlite"))
        #expect(try workshop.text() == Self.list(4))
    }

    @Test("the header that older scripts read")
    func writesLegacyHeader() async throws {
        let workshop = try Workshop()
        try await workshop.run(CrumbRegistry(count: 1)) {
            $0.header = .legacy
            $0.fileName = "crumbs.csv"
        }
        #expect(
            try workshop.text("crumbs.csv")
                == "ID,Platform,Name,Homepage URL,Repository URL\n" + Self.row(1, "crumb-1", "https://g.test/1"))
    }

    @Test("a registry that answers nobody ends the run, resumable, and publishes nothing")
    func stopsWhenTheRegistryIsDown() async throws {
        let workshop = try Workshop()
        let registry = CrumbRegistry(count: 300, pageSize: 100)
        let down = DownRegistry(registry)
        await #expect(throws: RegistryIsDown.self) { try await workshop.run(through: down) }
        #expect(!workshop.exists("Crumb.csv"))
        try await workshop.run(registry)
        #expect(try workshop.text() == Self.list(300))
    }

    @Test(
        "a list that takes days is published wherever its look-ups stop, with what is known by then",
        arguments: [WireError.Category.banned, .unreachable, .cancelled])
    func publishesSoFar(category: WireError.Category) async throws {
        let workshop = try Workshop()
        let registry = CrumbRegistry(count: 300, pageSize: 100)
        let down = DownRegistry(registry, category, after: 7)
        let miner = PatientMiner(miner: CrumbMiner(url: "https://crumb.test"))
        await #expect(throws: (any Error).self) { try await workshop.run(miner, through: down) { $0.concurrency = 1 } }
        let list = try workshop.text()
        #expect(list.split(separator: "\n").count == 301)
        #expect(list.hasPrefix(Self.list(7)))
        #expect(list.hasSuffix("300,Crumb,crumb-300,nan,nan\n"))
        #expect(try workshop.entry("crumb")["isResolved"] == "0")
        #expect(try workshop.entry("crumb")["isWhole"] == "1")
        registry.forgetAsked()
        try await workshop.run(miner, through: registry)
        #expect(registry.asked.filter { !$0.contains("?after=") }.count == 293)
        #expect(try workshop.text() == Self.list(300))
    }

    @Test("a registry that locks us out ends the run at once: what had arrived is stored, and the next run goes on")
    func stopsAtBan() async throws {
        let workshop = try Workshop()
        let registry = CrumbRegistry(count: 300, pageSize: 100)
        let banning = DownRegistry(registry, .banned, after: 7)
        let error = try await #require(throws: WireError.self) {
            try await workshop.run(through: banning) { $0.concurrency = 1 }
        }
        #expect(error.category == .banned)
        #expect(banning.refused == 1)
        #expect(!workshop.exists("Crumb.csv"))
        registry.forgetAsked()
        try await workshop.run(registry)
        #expect(registry.asked.filter { !$0.contains("?after=") }.count == 293)
        #expect(try workshop.text() == Self.list(300))
    }
}

/// Its look-ups take days.
private struct PatientMiner: EcosystemMiner {
    let miner: CrumbMiner

    var ecosystem: Ecosystem {
        let ecosystem = miner.ecosystem
        return Ecosystem(
            id: ecosystem.id, platform: ecosystem.platform, fileName: ecosystem.fileName,
            purlType: ecosystem.purlType, registries: ecosystem.registries, publishesWhenStopped: true)
    }

    func spans(of run: RunFacts, after walked: [CrumbMiner.Cursor]) -> [CrumbMiner.Cursor] {
        miner.spans(of: run, after: walked)
    }

    func list(
        from cursor: CrumbMiner.Cursor, through session: any RegistrySession, into sink: PageSink<CrumbMiner.Cursor>
    ) async throws {
        try await miner.list(from: cursor, through: session, into: sink)
    }

    func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        try await miner.resolve(package, through: session)
    }
}

/// Lists, and answers no look-up behind the first few.
private final class DownRegistry: InMemoryRegistry {
    private let registry: CrumbRegistry
    private let category: WireError.Category
    private let lookUps = Mutex((left: 0, refused: 0))

    var refused: Int { lookUps.withLock { $0.refused } }

    init(_ registry: CrumbRegistry, _ category: WireError.Category = .unreachable, after answered: Int = 0) {
        self.registry = registry
        self.category = category
        lookUps.withLock { $0.left = answered }
    }

    func answer(to request: Request) async throws -> Response {
        if request.url.contains("?after=") || isAnswered() { return try registry.answer(to: request) }
        throw WireError(category, url: request.url, "no answer", attempts: 6)
    }

    private func isAnswered() -> Bool {
        lookUps.withLock { lookUps in
            lookUps.left -= 1
            if lookUps.left < 0 { lookUps.refused += 1 }
            return lookUps.left >= 0
        }
    }
}
