import Foundation
import MiningStore
import PackageMining
import Testing

@Suite("A list that is told whole")
struct SnapshotTests {
    private static func list(_ rows: [String]) -> String {
        "Package ID,Platform,Name,Homepage,Repository\n"
            + rows.map { row in
                let fields = row.split(separator: " ")
                return "\(fields[0]),Board,\(fields[1]),\(fields.count > 2 ? fields[2] : "nan"),nan\n"
            }.joined()
    }

    @Test("a package that it no longer tells is left out, and returns with its Package ID", arguments: [true, false])
    func vanishes(resolves: Bool) async throws {
        let workshop = try Workshop()
        let board = Board("a", "b", "c", "d", "e")
        try await workshop.mine(board, resolves: resolves)
        #expect(try workshop.board() == Self.list(["1 a", "2 b", "3 c", "4 d", "5 e"]))
        board.publish("a", "c", "e", "f")
        try await workshop.mine(board, resolves: resolves)
        #expect(try workshop.board() == Self.list(["1 a", "3 c", "5 e", "6 f"]))
        board.publish("a", "b", "e", "f")
        try await workshop.mine(board, resolves: resolves)
        #expect(try workshop.board() == Self.list(["1 a", "2 b", "5 e", "6 f"]))
    }

    @Test("an updated list differs from a fresh one in its Package IDs alone")
    func isFunctionOfTheRegistry() async throws {
        let board = Board([.init(name: "a", homepage: "h"), .init(name: "b", version: "3", homepage: "old")])
        let updated = try Workshop()
        try await updated.mine(board)
        board.publish([.init(name: "b", version: "2", homepage: "new"), .init(name: "a"), .init(name: "0")])
        try await updated.mine(board)
        #expect(try updated.board() == Self.list(["1 a", "2 b new", "3 0"]))
        let fresh = try Workshop()
        try await fresh.mine(board)
        #expect(try fresh.board() == Self.list(["1 0", "2 a", "3 b new"]))
    }

    @Test("other links of the same version are published")
    func otherLinks() async throws {
        let workshop = try Workshop()
        let board = Board([.init(name: "a", homepage: "old"), .init(name: "b", homepage: "b")])
        try await workshop.mine(board)
        board.publish([.init(name: "a", homepage: "new"), .init(name: "b")])
        let report = try await workshop.mine(board)
        #expect(try workshop.board() == Self.list(["1 a new", "2 b"]))
        #expect(report.lookedUp == 2)
        board.publish([.init(name: "a", homepage: "new"), .init(name: "b")])
        #expect(try await workshop.mine(board).lookedUp == 0)
    }

    @Test(
        "A list that is told whole, stopped after any request and resumed, withdraws what is no longer told, and nothing else"
    )
    func resumes() async throws {
        for stop in 0..<4 {
            let workshop = try Workshop()
            let board = Board("a", "b", "c", "d", "e")
            try await workshop.mine(board)
            board.publish("e", "d", "c", "f", "a")
            board.stop(after: stop)
            await #expect(throws: (any Error).self) { try await workshop.mine(board) }
            board.stop(after: nil)
            try await workshop.mine(board)
            #expect(try workshop.board() == Self.list(["1 a", "3 c", "4 d", "5 e", "6 f"]), "stopped after \(stop)")
        }
    }

    @Test("what was read of a snapshot that another one replaced meanwhile does not count as told")
    func isReplaced() async throws {
        for stop in 0..<4 {
            let workshop = try Workshop()
            let board = Board("a", "b", "c", "d", "e")
            try await workshop.mine(board)
            board.publish("e", "d", "x", "b", "a")
            board.stop(after: stop)
            await #expect(throws: (any Error).self) { try await workshop.mine(board) }
            board.stop(after: nil)
            board.publish("a", "f", "b", "c", "e")
            try await workshop.mine(board)
            // What a snapshot that came to nothing alone has told was never listed.
            #expect(try workshop.board() == Self.list(["1 a", "2 b", "3 c", "5 e", "6 f"]), "stopped after \(stop)")
        }
    }

    @Test("one with a damaged tail withdraws nothing")
    func damagedTail() async throws {
        let workshop = try Workshop()
        let board = Board("a", "b", "c", "d", "e")
        try await workshop.mine(board)
        board.publish("e", "d", "c", damagedPart: 1)
        await #expect(throws: DecodingError.self) { try await workshop.mine(board) }
        let store = try MiningStore(StateFiles(outputFolder: workshop.folder, id: "board"))
        #expect(try await store.rows(of: 1..<10).rows.count == 5)
        #expect(try await store.touchedPackages(after: 0, limit: 9).isEmpty)
        try await store.close()
        board.publish("e", "d", "c", "b", "a")
        try await workshop.mine(board)
        #expect(try workshop.board() == Self.list(["1 a", "2 b", "3 c", "4 d", "5 e"]))
    }

    @Test("one that is as it was is not read again")
    func unchanged() async throws {
        let workshop = try Workshop()
        let board = Board("a", "b", "c")
        try await workshop.mine(board)
        let asked = board.asked
        try await workshop.mine(board)
        #expect(board.asked == asked + 1)
        #expect(try workshop.board() == Self.list(["1 a", "2 b", "3 c"]))
    }
}

extension Workshop {
    @discardableResult
    func mine(
        _ board: Board, resolves: Bool = true, acceptsShrinking: Bool = false
    ) async throws -> RunReport {
        try await run(BoardMiner(), through: board) {
            $0.resolves = resolves
            $0.acceptsShrinking = acceptsShrinking
        }
    }

    func board() throws -> String { try text("Board.csv") }
}
