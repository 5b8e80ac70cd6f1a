import Foundation
import MinerHarness
import PackageMining
import Testing

@Suite("A list that tells of whole packages, that they have changed or were deleted")
struct WholePackageTests {
    private let workshop: Workshop
    private let links = Resolution.links(homepage: "h", repository: "r")

    init() throws { workshop = try Workshop() }

    /// A registry that knows all packages.
    private func registry(_ told: FickleMiner.Told...) -> FickleMiner {
        let miner = FickleMiner()
        miner.answer(links)
        miner.tell(told)
        return miner
    }

    /// The list's rows, without platform, of a run so many hours after the first.
    @discardableResult
    private func mine(
        _ miner: FickleMiner, hours: Double = 0, change: (inout MiningOptions) -> Void = { _ in }
    ) async throws -> [String] {
        try await workshop.run(miner, through: StubSession()) {
            $0.began = Date(timeIntervalSince1970: 1_700_000_000 + hours * 3_600)
            change(&$0)
        }
        return try workshop.text("Fickle.csv").split(separator: "\n").dropFirst()
            .map { String($0).replacing("Fickle,", with: "") }
    }

    private func release(_ name: String, _ place: Int64, _ version: String = "1") -> FickleMiner.Told {
        .release(name, Release(version: version, place: place))
    }

    private func change(_ name: String, _ place: Int64) -> FickleMiner.Told {
        .change(name, Release(version: "", place: place))
    }

    @Test("A package that has changed is asked for again, once for each change that is told, and no other package is.")
    func changes() async throws {
        let miner = registry(release("a", 1), release("b", 2))
        #expect(try await mine(miner) == ["1,a,h,r", "2,b,h,r"])
        #expect(miner.asked() == ["a", "b"])
        miner.answer("a", .links(homepage: "new", repository: "r"))
        miner.tell([change("a", 3)])
        #expect(try await mine(miner) == ["1,a,new,r", "2,b,h,r"])
        #expect(miner.asked() == ["a"])
        miner.tell([change("a", 3), release("b", 2), release("b", 1, "0")])
        try await mine(miner)
        #expect(miner.asked() == [])
        miner.tell([change("a", 4), change("a", 5)])
        try await mine(miner)
        #expect(miner.asked() == ["a"])
    }

    @Test("A change that was told before anything was looked up, or in a run that looks nothing up, is not forgotten.")
    func changesWait() async throws {
        let miner = registry(release("a", 1), release("b", 2))
        try await mine(miner)
        _ = miner.asked()
        miner.tell([change("a", 3)])
        try await mine(miner) { $0.resolves = false }
        #expect(miner.asked() == [])
        try await mine(miner)
        #expect(miner.asked() == ["a"])
    }

    @Test("A change without a version leaves the newest release what it is, and alone says that the package is there.")
    func newest() async throws {
        let miner = registry(release("a", 1, "2"), change("a", 5), change("b", 3))
        miner.answer("a 2", .links(homepage: "of 2", repository: nil))
        miner.answer("a ", .links(homepage: "of no version", repository: nil))
        #expect(try await mine(miner) == ["1,a,of 2,nan", "2,b,h,r"])
        miner.tell([.release("a", Release(version: "2", place: 6, isWithdrawn: true))])
        #expect(try await mine(miner) == ["1,a,of no version,nan", "2,b,h,r"])
    }

    @Test(
        "A deleted package is listed no longer and asked for by nobody, and returns with its Package ID and new links.",
        arguments: [true, false])
    func deletes(resolves: Bool) async throws {
        let miner = registry(release("a", 1), release("b", 2), release("b", 3, "2"))
        func mine() async throws -> [String] { try await self.mine(miner) { $0.resolves = resolves } }
        let found = resolves ? ",h,r" : ",nan,nan"
        #expect(try await mine() == ["1,a\(found)", "2,b\(found)"])
        _ = miner.asked()
        miner.tell([.deletion("b", place: 5)])
        #expect(try await mine() == ["1,a\(found)"])
        miner.tell([release("b", 4, "3")])
        #expect(try await mine() == ["1,a\(found)"])
        #expect(miner.asked() == [])
        miner.answer("b", .links(homepage: "other", repository: nil))
        miner.tell([change("b", 7)])
        #expect(try await mine() == ["1,a\(found)", "2,b\(resolves ? ",other,nan" : found)"])
        #expect(miner.asked() == (resolves ? ["b"] : []))
        miner.tell([.deletion("b", place: 8)])
        #expect(try await mine() == ["1,a\(found)"])
    }

    @Test(
        "Whatever arrives first, and however often, the latest place counts, and a release outdoes a deletion at its place.",
        arguments: [
            ([3, 7], [5], true), ([3, 5], [7], false), ([5], [5], true), ([3], [5], false), ([], [5], false),
        ])
    func order(_ places: (released: [Int64], deleted: [Int64], isListed: Bool)) async throws {
        let words =
            places.released.map { release("a", $0, "v\($0)") }
            + places.deleted.map { FickleMiner.Told.deletion("a", place: $0) }
        for order in permutations(words) {
            for cut in [0, order.count - 1] {
                let miner = registry(release("z", 100))
                miner.tell(Array(order[..<cut]))
                let folder = try WholePackageTests()
                try await folder.mine(miner) { $0.resolves = cut > 0 }
                miner.tell(Array(order[cut...]) + order)
                let names = try await folder.mine(miner) { $0.resolves = cut > 0 }.map { $0.split(separator: ",")[1] }
                #expect(names.sorted() == (places.isListed ? ["a", "z"] : ["z"]), "\(order), cut at \(cut)")
            }
        }
    }

    private func permutations(_ words: [FickleMiner.Told]) -> [[FickleMiner.Told]] {
        guard words.count > 1 else { return [words] }
        return words.indices.flatMap { first in
            var rest = words
            let word = rest.remove(at: first)
            return permutations(rest).map { [word] + $0 }
        }
    }

    @Test("A name of which only a deletion was ever told gets no Package ID, and one that was there keeps the place.")
    func numbers() async throws {
        let miner = registry(
            .deletion("never", place: 1), release("was", 2), change("b", 3), .deletion("was", place: 4), release("c", 5)
        )
        #expect(try await mine(miner) == ["2,b,h,r", "3,c,h,r"])
        miner.tell([release("never", 6), release("was", 7)])
        #expect(try await mine(miner) == ["1,was,h,r", "2,b,h,r", "3,c,h,r", "4,never,h,r"])
    }

    @Test("Where the list says that a package has changed and its look-up that it is gone, links stay for a day.")
    func gone() async throws {
        let miner = registry(change("a", 1), change("b", 2))
        miner.answer("b", Resolution(.noRepository))
        #expect(try await mine(miner) == ["1,a,h,r", "2,b,nan,nan"])
        miner.answer("a", Resolution(.gone))
        miner.tell([change("a", 3)])
        #expect(try await mine(miner) == ["1,a,h,r", "2,b,nan,nan"])
        #expect(try workshop.text("Fickle.problems.csv").contains("unsettled,a,"))
        #expect(try await mine(miner, hours: 24) == ["1,a,nan,nan", "2,b,nan,nan"])
        #expect(!workshop.exists("Fickle.problems.csv"))
    }

    @Test("A package that the registry told of anew, without a version or a time, is not gone at the first look.")
    func returnsGone() async throws {
        let miner = FickleMiner(placeIsTime: false)
        miner.answer(Resolution(.noRepository))
        miner.tell([change("a", 1), change("b", 2)])
        try await mine(miner)
        miner.tell([.deletion("a", place: 3)])
        try await mine(miner)
        miner.answer(Resolution(.gone))
        miner.tell([change("a", 4), change("b", 5)])
        #expect(try await mine(miner) == ["1,a,nan,nan", "2,b,nan,nan"])
        #expect(try workshop.text("Fickle.problems.csv").split(separator: "\n").count == 3)
        try await mine(miner, hours: 24)
        #expect(!workshop.exists("Fickle.problems.csv"))
    }

    @Test("What has no name is a problem, and no row.")
    func nameless() async throws {
        let miner = registry(release("", 1), release("a", 2), change("", 3), .deletion("", place: 4))
        #expect(try await mine(miner) == ["1,a,h,r"])
        #expect(
            try workshop.text("Fickle.problems.csv") == """
                Kind,Subject,Detail
                unreadable,the entry at place 3,it names no package
                unreadable,the entry at place 4,it names no package
                unreadable,version 1 at place 1,it names no package

                """)
    }
}
