import Foundation
import MinerHarness
import PackageMining
import Testing

@Suite("A run with --limit before whole ones")
struct TrialTests {
    /// A list whose order is not that of places, with a package that is deleted in the end.
    private func registry() -> FickleMiner {
        let miner = FickleMiner()
        miner.answer(.links(homepage: "h", repository: "r"))
        miner.answer("c", Resolution(.noRepository))
        for (name, place) in [
            ("e", 50), ("f", 60), ("g", 70), ("c", 30), ("a", 10), ("b", 20), ("d", 40), ("d", 5),
        ] {
            miner.tell(name, place: Int64(place))
        }
        miner.tell([.deletion("e", place: 80)])
        return miner
    }

    private static let whole = """
        Package ID,Platform,Name,Homepage,Repository
        1,Fickle,d,h,r
        2,Fickle,a,h,r
        3,Fickle,b,h,r
        4,Fickle,c,nan,nan
        6,Fickle,f,h,r
        7,Fickle,g,h,r

        """

    @Test(
        "Where the list's order is not that of places, the whole run that follows lists what it would have alone.",
        arguments: [[], [1], [2], [3, 5], [5, 3], [6], [100]], [true, false])
    func equals(limits: [Int], resolves: Bool) async throws {
        let (miner, workshop) = (registry(), try Workshop())
        var isWhole = false
        for limit in limits {
            let report = try await workshop.run(miner, through: StubSession()) {
                $0.limit = limit
                $0.resolves = resolves
            }
            isWhole = report.isWhole
        }
        try await workshop.run(miner, through: StubSession()) { $0.resolves = resolves }
        let unasked = Self.whole.replacing(",h,r", with: ",nan,nan")
        #expect(try workshop.text("Fickle.csv") == (resolves ? Self.whole : unasked))
        #expect(isWhole == (limits == [100]))
        #expect(Set(miner.asked()).subtracting(["e"]).count == (resolves ? 6 : 0))
        miner.tell("0", place: 1)
        try await workshop.run(miner, through: StubSession()) { $0.limit = 1 }
        #expect(try workshop.text("Fickle.csv") == Self.whole + "8,Fickle,0,h,r\n")
    }

    @Test("A trial lists the first packages of what it has read, and what it looked up is not asked for again.")
    func looksUpOnce() async throws {
        let (miner, workshop) = (registry(), try Workshop())
        let report = try await workshop.run(miner, through: StubSession()) { $0.limit = 2 }
        #expect((report.newPackages, report.tally.listed, report.lookedUp) == (2, 2, 2))
        #expect(!report.isWhole)
        #expect(
            try workshop.text("Fickle.csv") == """
                Package ID,Platform,Name,Homepage,Repository
                1,Fickle,e,h,r
                2,Fickle,f,h,r

                """)
        #expect(miner.asked().sorted() == ["e", "f"])
        let whole = try await workshop.run(miner, through: StubSession())
        #expect(miner.asked().sorted() == ["a", "b", "c", "d", "g"])
        #expect(whole.tally.listed == 6)
    }

    @Test("Where all places are equal a trial gives IDs to the first names, and says that the list goes on.")
    func equalPlaces() async throws {
        let (miner, workshop) = (FickleMiner(["c", "b", "a"]), try Workshop())
        let report = try await workshop.run(miner, through: StubSession()) { $0.limit = 2 }
        #expect(!report.isWhole && report.tally.packages == 2)
        miner.tell("0", place: 0)
        try await workshop.run(miner, through: StubSession()) { $0.resolves = false }
        let rows = try workshop.text("Fickle.csv").split(separator: "\n").dropFirst()
        #expect(rows == ["1,Fickle,0,nan,nan", "2,Fickle,a,nan,nan", "3,Fickle,b,nan,nan", "4,Fickle,c,nan,nan"])
    }
}
