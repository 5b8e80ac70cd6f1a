import AttackLog
import Foundation
import FuzzProperties
import MinerTestKit
import MiningStore
import PackageMining
import Testing

/// A state with packages, outcomes and problems in it, a few bytes of which a disk has changed.
@Suite("A damaged state")
struct DamagedStateTests {
    private static let ecosystem = Ecosystem(
        id: "fuzz", platform: "Fuzz", fileName: "Fuzz", purlType: "generic",
        registries: [Registry(name: "list", url: "https://fuzz.test")])

    private static let rounds = 100

    @Test("A damaged state is worked on or refused, whichever bytes are wrong, and never the end of the process.")
    func isRefused() async throws {
        let sound = try await soundState()
        var random = SeededRandom(seed: 59)
        var (worked, refused) = (0, 0)
        for _ in 0..<Self.rounds {
            var bytes = sound
            // Behind the header, whose damage is seen at once.
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 100..<bytes.count, using: &random)
                bytes[place] = UInt8.random(in: 0...255, using: &random)
            }
            do {
                try await work(on: bytes)
                worked += 1
            } catch is StateError {
                refused += 1
            }
        }
        #expect(refused > 5)
        AttackLog.note("4", "bytes of the state changed", cases: Self.rounds, survived: worked + refused)
    }

    private func withState<Result>(_ body: (StateFiles) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pkgmine-state-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = StateFiles(outputFolder: folder, id: "fuzz")
        try FileManager.default.createDirectory(at: files.folder, withIntermediateDirectories: true)
        return try await body(files)
    }

    private func soundState() async throws -> [UInt8] {
        try await withState { files in
            let store = try MiningStore(files)
            _ = try await store.openRun(
                RunFacts(began: Date(timeIntervalSince1970: 1e9)), of: Self.ecosystem, on: RunTerms())
            try await store.addSpans([Data("1".utf8)])
            let span = try await store.unfinishedSpans()[0]
            for page in 0..<3 {
                var entries = Page()
                for number in 0..<40 {
                    entries.append(
                        name: "package-\(number * (page + 1))", Release(version: "\(page)", place: Int64(number + page))
                    )
                }
                entries.note(Problem(.unreadable, at: "line \(page)", "is none"))
                _ = try await store.keep(entries, of: span.id, next: Data("2".utf8), forks: [])
            }
            _ = try await store.finishSpan(span.id, acceptsShrinking: false)
            _ = try await store.numberPackages(limit: 60)
            _ = try await store.beginLookUps(at: "https://registry.test")
            let known = try await store.pendingPackages(after: 0, limit: 50)
            try await store.keep(
                known.map {
                    LookedUp(
                        package: $0.id, resolution: .links(homepage: nil, repository: "https://fuzz.test/\($0.id)"),
                        newest: $0.releases.last)
                })
            try await store.close()
            return Array(try Data(contentsOf: files.state))
        }
    }

    /// Everything that a run does with a state.
    private func work(on bytes: [UInt8]) async throws {
        try await withState { files in
            try Data(bytes).write(to: files.state)
            _ = try await StateStatus.read(files)
            let store = try MiningStore(files)
            _ = try await store.openRun(
                RunFacts(began: Date(timeIntervalSince1970: 1e9)), of: Self.ecosystem, on: RunTerms())
            var page = Page()
            page.append(name: "package-7", Release(version: "9", place: 7))
            page.append(name: "newcomer", Release(version: "9", place: 7))
            try await store.addSpans([Data("1".utf8)])
            if let span = try await store.unfinishedSpans().first {
                _ = try await store.keep(page, of: span.id, next: Data("2".utf8), forks: [])
            }
            _ = try await store.numberPackages(limit: nil)
            _ = try await store.touchedPackages(after: 0, limit: 100)
            _ = try await store.beginLookUps(at: "https://registry.test")
            _ = try await store.pendingPackages(after: 0, limit: 100)
            _ = try await store.rows(of: 1..<101)
            _ = try await store.listProblems(after: nil, limit: 100)
            _ = try await store.failedPackages(after: 0, limit: 100)
            _ = try await store.tally()
            try await store.close()
        }
    }
}
