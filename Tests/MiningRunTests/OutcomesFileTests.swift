import Foundation
import MinerHarness
import MinerTestKit
import PackageMining
import Testing

@Suite("The outcomes beside a list")
struct OutcomesFileTests {
    private static let file = "Fickle.outcomes.csv"
    private static let day: TimeInterval = 86_400

    /// Packages that end in four ways, the last of them taken back.
    private func miner() -> FickleMiner {
        let miner = FickleMiner()
        miner.answer("a,b", .links(homepage: "h", repository: "r"))
        miner.answer("nan", Resolution(.noRepository))
        miner.answer("c", Resolution(.failed, because: "no answer"))
        for (index, name) in ["a,b", "nan", "c", "d", "e"].enumerated() {
            miner.tell(name, "1.\(index)", place: Int64(index))
        }
        miner.tell([.deletion("e", place: 10)])
        return miner
    }

    private func mine(
        _ miner: FickleMiner, in workshop: Workshop, at time: TimeInterval = 0,
        change: (inout MiningOptions) -> Void = { _ in }
    ) async throws {
        try await workshop.run(miner, through: StubSession(), at: 1_700_000_000 + time) {
            $0.tellsOutcomes = true
            change(&$0)
        }
    }

    @Test(
        "The outcomes beside a list say of each package of it, in its order, how its look-up ended, in which run and for which release"
    )
    func tells() async throws {
        let workshop = try Workshop()
        try await mine(miner(), in: workshop)
        #expect(
            try workshop.text(Self.file) == """
                Name,Outcome,Asked,Release
                "a,b",resolved,2023-11-14T22:13:20Z,1.0
                nan,no repository,2023-11-14T22:13:20Z,1.1
                c,failed,2023-11-14T22:13:20Z,1.2
                d,gone,2023-11-14T22:13:20Z,1.3

                """)
    }

    @Test("The outcomes beside a list are of the run in which each was asked last: an update moves no others")
    func updates() async throws {
        let (miner, workshop) = (miner(), try Workshop())
        try await mine(miner, in: workshop)
        miner.tell("nan", "2", place: 11)
        try await mine(miner, in: workshop, at: Self.day)
        let told = """
            Name,Outcome,Asked,Release
            "a,b",resolved,2023-11-14T22:13:20Z,1.0
            nan,no repository,2023-11-15T22:13:20Z,2
            c,failed,2023-11-15T22:13:20Z,1.2
            d,gone,2023-11-14T22:13:20Z,1.3

            """
        #expect(try workshop.text(Self.file) == told)
        miner.answer("c", Resolution(.gone))
        try await mine(miner, in: workshop, at: Self.day * 2)
        let settled = told.replacing("c,failed,2023-11-15", with: "c,gone,2023-11-16")
        #expect(try workshop.text(Self.file) == settled)
        // Nothing is new any more.
        try await mine(miner, in: workshop, at: Self.day * 3)
        #expect(try workshop.text(Self.file) == settled)
    }

    @Test(
        "The outcomes beside a list are the same, byte for byte, wherever the run was stopped and whenever it was gone on with"
    )
    func resumes() async throws {
        let rows = (1...10).map { "crumb-\($0),resolved,2023-11-14T22:13:20Z,\n" }
        let text = "Name,Outcome,Asked,Release\n" + rows.joined()
        for stop in [0, 3, 6, 9, 14] {
            let (registry, workshop) = (CrumbRegistry(count: 10), try Workshop())
            registry.stop(after: stop)
            let miner = CrumbMiner(url: "https://crumb.test")
            func run(at time: TimeInterval) async throws {
                try await workshop.run(miner, through: registry, at: 1_700_000_000 + time) { $0.tellsOutcomes = true }
            }
            await #expect(throws: (any Error).self) { try await run(at: 0) }
            registry.stop(after: nil)
            try await run(at: Self.day)
            #expect(try workshop.text("Crumb.outcomes.csv") == text, "stopped after \(stop) requests")
        }
    }

    @Test("The outcomes beside a list say of a package that was listed and not looked up that it was not asked for")
    func notAsked() async throws {
        let (miner, workshop) = (miner(), try Workshop())
        try await mine(miner, in: workshop) { $0.resolves = false }
        let names = [#""a,b""#, "nan", "c", "d"].map { "\($0),not asked,,\n" }.joined()
        #expect(try workshop.text(Self.file) == "Name,Outcome,Asked,Release\n" + names)
        try await mine(miner, in: workshop)
        // What was taken back and is told again has no links until it is looked up.
        miner.tell("e", "2", place: 11)
        try await mine(miner, in: workshop) { $0.resolves = false }
        #expect(try workshop.text(Self.file).hasSuffix("d,gone,2023-11-14T22:13:20Z,1.3\ne,not asked,,\n"))
    }

    @Test(
        "The outcomes beside a list are written where they are missing or spoiled, though nothing is new, and go where nobody wants them"
    )
    func comeAndGo() async throws {
        let (registry, workshop) = (CrumbRegistry(count: 3), try Workshop())
        let told = { (options: inout MiningOptions) in options.tellsOutcomes = true }
        try await workshop.run(registry)
        #expect(!workshop.exists("Crumb.outcomes.csv"))
        try await workshop.run(registry, change: told)
        let text = try workshop.text("Crumb.outcomes.csv")
        #expect(text.split(separator: "\n").count == 4)
        try Data("spoiled".utf8).write(to: workshop.folder.appending(path: "Crumb.outcomes.csv"))
        try await workshop.run(registry, change: told)
        #expect(try workshop.text("Crumb.outcomes.csv") == text)
        #expect(try workshop.text("datapackage.json").contains("Crumb.outcomes.csv"))
        try await workshop.run(registry)
        #expect(!workshop.exists("Crumb.outcomes.csv"))
        #expect(try !workshop.text("datapackage.json").contains("Crumb.outcomes.csv"))
    }

    @Test("The outcomes beside a list are in the manifest, with their schema and every word that they may have")
    func schema() async throws {
        let workshop = try Workshop()
        try await mine(miner(), in: workshop)
        let data = try Data(contentsOf: workshop.folder.appending(path: "datapackage.json"))
        let package = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        let resources = package?["resources"] as? [[String: Any]] ?? []
        let resource = try #require(resources.first { $0["name"] as? String == "fickle-outcomes" })
        #expect(resource["path"] as? String == Self.file)
        #expect(resource["rows"] as? Int == 4)
        let fields = (resource["schema"] as? [String: Any])?["fields"] as? [[String: Any]] ?? []
        #expect(fields.map { $0["name"] as? String } == ["Name", "Outcome", "Asked", "Release"])
        #expect(fields.map { $0["type"] as? String } == ["string", "string", "datetime", "string"])
        #expect(fields.map { $0["missingValues"] as? [String] } == [nil, nil, [""], [""]])
        let words = (fields[1]["constraints"] as? [String: Any])?["enum"] as? [String]
        #expect(words?.contains("no repository") == true && words?.last == "not asked")
    }

    @Test(
        "The outcomes beside a list are gzip as their list is, with the bytes of the plain ones and no time of their own"
    )
    func isGzip() async throws {
        let (plain, packed) = (try Workshop(), try Workshop())
        try await mine(miner(), in: plain)
        try await mine(miner(), in: packed) { $0.fileName = "Fickle.csv.gz" }
        for name in ["Fickle.csv", Self.file] {
            let bytes = Array(try Data(contentsOf: packed.folder.appending(path: name + ".gz")))
            #expect(bytes == gzip(Array(try plain.text(name).utf8), level: 6))
            #expect(bytes[4..<8] == [0, 0, 0, 0])
        }
        #expect(try packed.text("Fickle.problems.csv") == plain.text("Fickle.problems.csv"))
        #expect(try packed.text("datapackage.json").components(separatedBy: #""compression" : "gz""#).count == 3)
        // Nothing is new: the list is found as it was written.
        let asItWas = try Data(contentsOf: packed.folder.appending(path: "Fickle.csv.gz"))
        try await mine(miner(), in: packed) { $0.fileName = "Fickle.csv.gz" }
        #expect(try Data(contentsOf: packed.folder.appending(path: "Fickle.csv.gz")) == asItWas)
    }
}
