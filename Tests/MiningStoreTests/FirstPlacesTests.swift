import Foundation
import GRDB
import MiningStore
import PackageMining
import Testing

@Suite("Where packages first appeared")
struct FirstPlacesTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "pkgmine-\(UUID().uuidString)")

    private func withStore(_ body: (MiningStore, StateFiles, _ span: Int) async throws -> Void) async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = StateFiles(outputFolder: folder, id: "test")
        let store = try MiningStore(files)
        let ecosystem = Ecosystem(
            id: "test", platform: "Test", fileName: "Test", purlType: "generic",
            registries: [Registry(name: "registry", url: "https://registry.test/list")])
        _ = try await store.openRun(RunFacts(began: .now), of: ecosystem, on: RunTerms())
        try await store.addSpans([Data()])
        try await body(store, files, try #require(try await store.unfinishedSpans().first).id)
        try await store.close()
    }

    private func page(_ releases: [(String, Release)]) -> Page {
        var page = Page()
        for (name, release) in releases { page.append(name: name, release) }
        return page
    }

    @Test("the earliest place counts, whatever arrived first, and a withdrawn release does not")
    func earliest() async throws {
        try await withStore { store, files, span in
            let releases = [
                ("a", Release(version: "2", place: 20)), ("a", Release(version: "1", place: 10)),
                ("b", Release(version: "1", place: 5, isWithdrawn: true)), ("b", Release(version: "2", place: 15)),
            ]
            _ = try await store.keep(page(releases), of: span, next: Data(), forks: [])
            #expect(try await FirstPlaces.read(files, ofFirst: 9) == [])
            _ = try await store.numberPackages(limit: nil)
            #expect(try await FirstPlaces.read(files, ofFirst: 9) == [10, 15])
        }
    }

    @Test("what an unfinished update has found, and what is no longer listed, is left out; the run goes on meanwhile")
    func published() async throws {
        try await withStore { store, files, span in
            let first = page([("a", Release(version: "1", place: 1)), ("b", Release(version: "1", place: 2))])
            _ = try await store.keep(first, of: span, next: Data(), forks: [])
            _ = try await store.numberPackages(limit: nil)
            try await store.keep([
                LookedUp(package: 1, resolution: Resolution(.withdrawn), newest: Release(version: "1"))
            ])
            let later = page([("c", Release(version: "1", place: 3)), ("d", Release(version: "1", place: 4))])
            _ = try await store.keep(later, of: span, next: Data(), forks: [])
            _ = try await store.numberPackages(limit: nil)
            #expect(try await FirstPlaces.read(files, ofFirst: 2) == [2, 3])
            #expect(try await FirstPlaces.read(files, ofFirst: 9) == [2, 3, 4])
        }
    }

    @Test("A list is numbered by the parts of its rows that are read side by side as by all of them in one")
    func parts() async throws {
        try await withStore { store, _, span in
            let names: [String] = (0..<700).map { "p\($0 * 7919 % 701)" }
            let releases: [(String, Release)] = (0..<3_000).map { index in
                let place = Int64(index * 7907 % 3_001)
                return (names[index * 31 % 700], Release(version: "\(index)", place: place))
            }
            _ = try await store.keep(page(releases), of: span, next: Data(), forks: [])
            let (whole, parts) = try await store.read { db in
                (try FirstPlaces.byRow(db), try (0..<3).map { try FirstPlaces.byRow(db, part: ($0, 3)) })
            }
            #expect(whole.count == 701 && whole[1...].allSatisfy { $0 < 3_001 })
            let earliest: [Int64] = try whole.indices.map { row in try #require(parts.map { $0[row] }.min()) }
            #expect(whole == earliest)
            #expect(parts.allSatisfy { $0 != whole })
        }
    }

    @Test("a state whose rows do not fit together is damaged")
    func damaged() async throws {
        try await withStore { store, files, _ in
            try await store.transaction { try $0.execute(sql: "INSERT INTO numbers (number, package) VALUES (1, 7)") }
            await #expect(throws: StateError.self) { _ = try await FirstPlaces.read(files, ofFirst: 1) }
        }
    }
}
