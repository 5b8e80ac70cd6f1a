import Foundation
import MiningStore
import PackageMining

extension Conformance {
    /// A process that dies behind each single write, and processes that die again and again.
    func resumptionAttacks() async throws -> AttackPlan {
        let observer = try await observeRun()
        let once = (1...max(1, observer.writes)).map { death in
            Attack("killed behind write \(death)") { try await self.resume(after: death) }
        }
        let often = [5, 7, 11].map { interval in
            Attack("killed behind every \(interval) writes") { try await self.resume(behindEvery: interval) }
        }
        var plan = AttackPlan(once + often)
        let sizes = try makeFixture().pageSizes
        plan.add(
            [Attack("pages are handed over as they come") { try await self.compareFirstPages(sizes) }],
            if: sizes.count > 1, given: "pageSizes and setPageSize(_:)")
        return plan
    }

    private func resume(after death: Int) async throws -> String? {
        try await open(smallPages()) { stage in
            var process = Stage<Fixture>.Process()
            process.interference.deathAfter = death
            process.concurrency = death.isMultiple(of: 2) ? 1 : 8
            try await stage.run(process)
            return try await stage.runToTheEnd()
        }
    }

    /// The first three writes of a process may bring nothing new: it opens the run, numbers, and looks for the stale.
    private func resume(behindEvery interval: Int) async throws -> String? {
        try await open(smallPages()) { stage in
            var process = Stage<Fixture>.Process()
            process.concurrency = 1
            process.interference.deathAfter = interval
            for _ in 0..<200 {
                if case .success = try await stage.run(process) { return try await stage.difference() }
                if try stage.list() != nil { return try await stage.runToTheEnd() }
            }
            return "it never came to its end"
        }
    }

    /// A miner's cursors are stored as JSON, and have to be the same when they are read back and stored again.
    func cursorAttacks() -> [Attack] {
        [
            Attack("each cursor of a run is read back and written again") {
                let observer = try await self.observeRun()
                let wrong = observer.cursors.first { !(Self.survivesStoring($0)) }
                return wrong.map { "\(printable(String(decoding: $0, as: UTF8.self))) does not read back" }
            },
            Attack("the state is of a newer format for a while") { try await self.age() },
        ]
    }

    /// A run is killed, the next one finds a state of a format that it does not know, and another one goes on.
    private func age() async throws -> String? {
        try await open(smallPages()) { stage in
            var process = Stage<Fixture>.Process()
            process.interference.deathAfter = 5
            try await stage.run(process)
            let file = StateFiles(outputFolder: stage.folder, id: try stage.ecosystem.id).state
            let state = try Data(contentsOf: file)
            try state.ofNewerFormat.write(to: file)
            do {
                _ = try await stage.run()
                return "a state of a newer format is taken"
            } catch is StateError {
                if try Data(contentsOf: file) != state.ofNewerFormat { return "a state of a newer format is changed" }
            }
            try state.write(to: file)
            return try await stage.runToTheEnd()
        }
    }

    private static func survivesStoring(_ cursor: Data) -> Bool {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let read = try? JSONDecoder().decode(Fixture.Miner.Cursor.self, from: cursor) else { return false }
        return (try? encoder.encode(read)) == cursor
    }

    /// Pages stored twice, and pages whose cursor was lost, so that another process asks for them again.
    func repetitionAttacks() async throws -> AttackPlan {
        let pages = try await observeRun().pages
        let twice = Attack("each page is stored twice") {
            try await self.open(self.smallPages()) { stage in
                var process = Stage<Fixture>.Process()
                process.interference.repeatsPages = true
                return try await stage.runToTheEnd(process)
            }
        }
        let again = (0..<pages).map { page in
            Attack("the cursor of page \(page + 1) is lost") { try await self.loseCursor(of: page + 1) }
        }
        var plan = AttackPlan([twice] + again)
        try plan.add(
            [2, 3].map { times in
                Attack("each entry is told \(times) times over") {
                    let fixture = try self.smallPages()
                    _ = fixture.repeatEntries(times)
                    return try await self.open(fixture) { try await $0.runToTheEnd() }
                }
            }, if: makeFixture().repeatEntries(1), given: "repeatEntries(_:)")
        return plan
    }

    private func loseCursor(of page: Int) async throws -> String? {
        try await open(smallPages()) { stage in
            var process = Stage<Fixture>.Process()
            process.interference.losesCursorOfPage = page
            try await stage.run(process)
            return try await stage.runToTheEnd()
        }
    }

    /// An undisturbed run over small pages, one request after another.
    func observeRun() async throws -> StoreObserver {
        try await open(smallPages()) { stage in
            let observer = StoreObserver()
            var process = Stage<Fixture>.Process()
            process.concurrency = 1
            process.interference.observer = observer
            try await stage.run(process)
            return observer
        }
    }
}

extension Data {
    /// The database with another user version, which is where a state tells its format
    /// (https://sqlite.org/fileformat.html#user_version_number).
    fileprivate var ofNewerFormat: Data {
        var changed = self
        changed.replaceSubrange(60..<64, with: [0x7F, 0, 0, 0])
        return changed
    }
}
