import Foundation
import MiningStore
import PackageMining
import Testing

@Suite("A list that is told whole and has shrunk")
struct ShrinkingTests {
    private static func names(_ numbers: some Sequence<Int>) -> [BoardMiner.Entry] {
        numbers.map { BoardMiner.Entry(name: "p\(1_000 + $0)") }
    }

    private static let problems = """
        Kind,Subject,Detail
        shrunken,https://board.test,"3 packages were known, 0 are told of now, 0 of them known: the list from before stays, \
        unless --accept-shrinking says that it is meant"

        """

    @Test(
        "A list that is told whole and has shrunk to nothing is not published, however often it is told, and is forgotten when the list is back"
    )
    func nothing() async throws {
        let workshop = try Workshop()
        let board = Board("a", "b", "c")
        try await workshop.mine(board)
        let list = try workshop.board()
        board.publish([])
        for _ in 0..<2 {
            let report = try await workshop.mine(board)
            #expect(report.exitCode == 75)
            #expect(report.refused == ListChange(known: 3, told: 0, kept: 0))
            #expect(report.tally.listed == 3 && report.newPackages == 0 && report.lookedUp == 0)
            #expect(try workshop.board() == list)
            #expect(try workshop.text("Board.problems.csv") == Self.problems)
        }
        board.publish("a", "b", "d")
        #expect(try await workshop.mine(board).exitCode == 0)
        #expect(
            try workshop.board() == list.replacing("3,Board,c,nan,nan\n", with: "4,Board,d,nan,nan\n"))
        #expect(!workshop.exists("Board.problems.csv"))
    }

    @Test("A list that is told whole and has shrunk and is as it was again, is not read again, and no problem any more")
    func isAsItWas() async throws {
        let workshop = try Workshop()
        let board = Board("a", "b", "c")
        try await workshop.mine(board)
        let list = try workshop.board()
        let edition = board.edition
        board.publish([])
        #expect(try await workshop.mine(board).exitCode == 75)
        board.publish("a", "b", "c")
        board.edition = edition
        #expect(try await workshop.mine(board).exitCode == 0)
        #expect(try workshop.board() == list)
        #expect(!workshop.exists("Board.problems.csv"))
    }

    @Test("A list that is told whole and has shrunk is published where that is accepted, then or later")
    func accepted() async throws {
        for refusals in 0..<2 {
            let workshop = try Workshop()
            let board = Board("a", "b", "c")
            try await workshop.mine(board)
            board.publish([])
            for _ in 0..<refusals { #expect(try await workshop.mine(board).exitCode == 75) }
            let report = try await workshop.mine(board, acceptsShrinking: true)
            #expect(report.exitCode == 0 && report.refused == nil && report.tally.listed == 0)
            #expect(try workshop.board() == "Package ID,Platform,Name,Homepage,Repository\n")
            #expect(!workshop.exists("Board.problems.csv"))
            board.publish("c", "b", "new")
            #expect(try await workshop.mine(board).exitCode == 0)
            #expect(try workshop.board().split(separator: "\n").dropFirst().map { $0.prefix(1) } == ["2", "3", "4"])
        }
    }

    @Test("an empty list is empty where nothing was known")
    func isEmptyAtFirst() async throws {
        let workshop = try Workshop()
        let board = Board()
        for _ in 0..<2 {
            #expect(try await workshop.mine(board).exitCode == 0)
            #expect(try workshop.board() == "Package ID,Platform,Name,Homepage,Repository\n")
            board.publish([])
        }
    }

    @Test(
        "A list that is told whole and has shrunk by more than a fifth and at least a hundred is not published; by less is news",
        arguments: [
            (3, 2, true), (3, 1, true), (1, 1, true), (99, 1, true), (100, 1, true), (100, 0, false), (101, 1, false),
            (499, 399, false), (500, 400, true), (500, 399, false), (600, 480, true), (600, 479, false), (1, 0, false),
        ])
    func thresholds(known: Int, left: Int, isNews: Bool) async throws {
        let workshop = try Workshop()
        let board = Board(Self.names(0..<known))
        try await workshop.mine(board, resolves: false)
        let list = try workshop.board()
        board.publish(Self.names(known - left..<known))
        let report = try await workshop.mine(board, resolves: false)
        #expect(report.exitCode == (isNews ? 0 : 75))
        #expect(report.tally.listed == (isNews ? left : known))
        if !isNews { #expect(try workshop.board() == list) }
    }

    @Test("packages that were renamed are news, unless a hundred were known and none of them is left")
    func renamed() async throws {
        for (known, kept, isNews) in [(3, 0, true), (99, 0, true), (100, 0, false), (300, 0, false), (300, 1, true)] {
            let workshop = try Workshop()
            let board = Board(Self.names(0..<known))
            try await workshop.mine(board, resolves: false)
            board.publish(Self.names(0..<kept) + Self.names(5_000..<(5_000 + known - kept)))
            let report = try await workshop.mine(board, resolves: false)
            #expect(report.exitCode == (isNews ? 0 : 75), "\(known) to \(kept)")
            #expect(report.newPackages == (isNews ? known - kept : 0))
        }
    }

    @Test("what was withdrawn before does not count as known")
    func withdrawnBefore() async throws {
        let workshop = try Workshop()
        let board = Board(Self.names(0..<500))
        try await workshop.mine(board, resolves: false)
        for left in [401, 321] {
            board.publish(Self.names(0..<left))
            #expect(try await workshop.mine(board, resolves: false).exitCode == 0)
        }
        board.publish(Self.names(0..<220))
        #expect(
            try await workshop.mine(board, resolves: false).refused == ListChange(known: 321, told: 220, kept: 220))
    }

    @Test("nothing that it tells besides is taken: no name, no link, no Package ID")
    func newsBesides() async throws {
        let workshop = try Workshop()
        let board = Board(Self.names(0..<300))
        try await workshop.mine(board)
        let list = try workshop.board()
        board.publish([.init(name: "p1000", homepage: "moved"), .init(name: "stranger")] + Self.names(1..<100))
        #expect(try await workshop.mine(board).exitCode == 75)
        #expect(try workshop.board() == list)
        board.publish(Self.names(0..<300) + [.init(name: "new")])
        #expect(try await workshop.mine(board).exitCode == 0)
        #expect(try workshop.board() == list + "301,Board,new,nan,nan\n")
    }

    @Test("A list that is told whole and has shrunk stays too where the run is stopped at any request and resumed")
    func resumes() async throws {
        for stop in 0..<3 {
            let workshop = try Workshop()
            let board = Board("a", "b", "c")
            try await workshop.mine(board)
            let list = try workshop.board()
            board.publish([])
            board.stop(after: stop)
            if stop < 2 { await #expect(throws: (any Error).self) { try await workshop.mine(board) } }
            board.stop(after: nil)
            #expect(try await workshop.mine(board).exitCode == 75)
            #expect(try workshop.board() == list, "stopped after \(stop)")
        }
    }

    @Test("the list's problems are those of the list that stays")
    func keepsProblems() async throws {
        let workshop = try Workshop()
        let board = Board("a", "b", "c", "")
        #expect(try await workshop.mine(board).exitCode == 75)
        let problems = try workshop.text("Board.problems.csv")
        board.publish([])
        #expect(try await workshop.mine(board).exitCode == 75)
        let named = try workshop.text("Board.problems.csv").split(separator: "\n").map { $0.prefix(10) }
        #expect(named == ["Kind,Subje", "shrunken,h", "unreadable"])
        board.publish("a", "b", "")
        #expect(try await workshop.mine(board).exitCode == 75)
        #expect(try workshop.text("Board.problems.csv") == problems)
        board.publish("a", "b")
        #expect(try await workshop.mine(board).exitCode == 0)
    }

    @Test("the manifest says when the list that stays was mined")
    func manifest() async throws {
        let workshop = try Workshop()
        let board = Board("a", "b", "c")
        try await workshop.mine(board)
        let before = try workshop.entry("board")
        board.publish([])
        try await workshop.run(BoardMiner(), through: board, at: 1_700_009_999)
        let after = try workshop.entry("board")
        for key in ["began", "finished", "isWhole", "outcomes"] { #expect(after[key] == before[key], "\(key)") }
        #expect(after["problems"] == "[shrunken: 1]")
    }
}
