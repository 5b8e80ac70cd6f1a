import Foundation
import GRDB
import MiningStore
import PackageMining
import Synchronization
import Testing

@Suite("The room on the disk of a state")
struct DiskRoomTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "pkgmine-\(UUID().uuidString)")
    private static let ecosystem = Ecosystem(
        id: "test", platform: "Test", fileName: "Test", purlType: "generic",
        registries: [Registry(name: "registry", url: "https://registry.test")])

    /// A disk with as much room as is said.
    private final class Disk: Sendable {
        let free = Mutex<Int?>(nil)
    }

    private func withStore(_ body: (MiningStore, Disk, _ span: Int) async throws -> Void) async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let (files, disk) = (StateFiles(outputFolder: folder, id: "test"), Disk())
        let store = try MiningStore(files, room: DiskRoom(files.folder) { _ in disk.free.withLock { $0 } })
        _ = try await store.openRun(RunFacts(began: .now), of: Self.ecosystem, on: RunTerms())
        try await store.addSpans([Data()])
        try await body(store, disk, try #require(try await store.unfinishedSpans().first).id)
        try await store.close()
    }

    private func page(_ names: Range<Int>) -> Page {
        var page = Page()
        for name in names { page.append(name: "p\(name)", Release(version: "1", place: Int64(name))) }
        return page
    }

    @Test("A page that would take what is kept for publishing is refused, and what was stored is gone on with")
    func refuses() async throws {
        try await withStore { store, disk, span in
            _ = try await store.keep(page(0..<1_000), of: span, next: Data([1]), forks: [])
            disk.free.withLock { $0 = 150_000 }
            let told = await #expect(throws: StateError.self) {
                _ = try await store.keep(page(1_000..<2_000), of: span, next: Data([2]), forks: [])
            }
            guard case .diskNearlyFull(let at, 150_000, let kept)? = told else {
                Issue.record("\(String(describing: told))")
                return
            }
            #expect(at == folder.path + "/.pkgmine" && kept >= 160_000)
            #expect(try await store.unfinishedSpans().map(\.cursor) == [Data([1])])
            disk.free.withLock { $0 = 1 << 30 }
            _ = try await store.keep(page(1_000..<2_000), of: span, next: Data([2]), forks: [])
            #expect(try await store.numberPackages(limit: nil) == NumberedPackages(count: 2_000))
        }
    }

    @Test("Outcomes and the index by package ask for room as pages do; what is stored is numbered without")
    func asksEverywhere() async throws {
        try await withStore { store, disk, span in
            _ = try await store.keep(page(0..<1_000), of: span, next: Data([1]), forks: [])
            disk.free.withLock { $0 = 1_000 }
            #expect(try await store.numberPackages(limit: nil) == NumberedPackages(count: 1_000))
            await #expect(throws: StateError.self) { _ = try await store.beginLookUps(at: "https://registry.test") }
            let outcome = LookedUp(package: 1, resolution: Resolution(.gone), newest: Release(version: "1"))
            await #expect(throws: StateError.self) { try await store.keep([outcome]) }
            #expect(try await store.tally().outcomes == [:])
        }
    }

    @Test("A state of an earlier format is brought over where the disk has room, and else stays as it was")
    func asksBeforeBringingOver() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = StateFiles(outputFolder: folder, id: "test")
        try await MiningStore(files).close()
        try await DatabaseQueue(path: files.state.path).write { try $0.execute(sql: "PRAGMA user_version = 5") }
        let before = try Data(contentsOf: files.state)
        let small = DiskRoom(files.folder) { _ in 1_000 }
        #expect(throws: StateError.self) { try MiningStore(files, room: small) }
        #expect(try Data(contentsOf: files.state) == before)
        try await MiningStore(files, room: DiskRoom(files.folder) { _ in 1 << 30 }).close()
    }

    @Test("What is free is told of a folder that is not there yet by the one above it")
    func isTold() throws {
        let free = try #require(DiskRoom.free(in: folder.appending(path: "a/b/c")))
        #expect(free > 0)
    }

    @Test("The error says how much is free, how much is kept, what is safe and what to do")
    func isExplained() {
        let error = StateError.diskNearlyFull(folder: "/lists/.pkgmine", free: 61_400_000, kept: 1_347_108_864)
        #expect(
            error.description == """
                the disk is nearly full
                  at: /lists/.pkgmine
                  because: 61 MB are free there, and 1.3 GB are kept to publish what is known
                  saved: all that was stored so far

                hint: make room there, or move the whole output folder to a larger disk; then run the same command again,
                which goes on where this run has stopped
                """)
    }

    @Test(
        "A size is told in two figures or three",
        arguments: [
            (0, "0 bytes"), (999, "999 bytes"), (1_000, "1.0 kB"), (9_960, "10 kB"), (999_499, "999 kB"),
            (999_500, "1.0 MB"), (7_050_000_000, "7.1 GB"), (5_000_000_000_000_000, "5000 TB"),
        ])
    func isRound(bytes: Int, told: String) {
        #expect(roundBytes(bytes) == told)
    }
}
