import Foundation
import MinerTestKit
import PackageMining
import Testing

/// What this process can show: memory can be measured only where no other tests disturb it.
private func isShown(_ promise: ConformancePromise) -> Bool {
    promise != .memory || Conformance<ShelfRegistry>.measuresMemory
}

@Suite("The conformance suite")
struct SuiteTests {
    @Test(
        "passes a miner that is right",
        arguments: ConformancePromise.allCases.filter { isShown($0) && $0 != .shrinking })
    func passes(promise: ConformancePromise) async throws {
        let verdict = try await Conformance { try ShelfRegistry() }.check(promise)
        #expect(verdict.cases > 0)
    }

    @Test("passes a miner that is right and whose list is told whole")
    func passesWhole() async throws {
        let verdict = try await Conformance { RosterRegistry() }.check(.shrinking)
        #expect(verdict.cases == 8)
    }

    @Test("finds what is wrong on purpose with a list that is told whole", arguments: RosterFlaw.allCases)
    func finds(flaw: RosterFlaw) async throws {
        let verdict = try await Conformance { RosterRegistry(flaw) }.verdict(on: .shrinking)
        let found = verdict.breaches.map(\.description)
        #expect(found.contains { $0.contains(flaw.evidence) }, "\(flaw.rawValue): \(found)")
    }

    @Test(
        "finds what is wrong on purpose, and says what",
        arguments: ShelfFlaw.allCases.filter { isShown($0.breaks.promise) })
    func finds(flaw: ShelfFlaw) async throws {
        var conformance = Conformance { try ShelfRegistry(flaw) }
        if flaw.neverEnds { conformance.patience = .seconds(2) }
        let verdict = try await conformance.verdict(on: flaw.breaks.promise, stoppingAtFirstBreach: true)
        let found = verdict.breaches.map(\.description)
        #expect(found.contains { $0.contains(flaw.breaks.evidence) }, "\(flaw.rawValue): \(found)")
    }

    @Test("has a miner that is wrong on purpose for each promise")
    func isCovered() {
        #expect(
            Set(ShelfFlaw.allCases.map(\.breaks.promise) + [.shrinking]) == Set(ConformancePromise.allCases))
    }

    @Test("tells the names that it attacks with, so that files of these names are found wherever they stray")
    func tellsItsNames() throws {
        let names = hostileNames.map { Data($0.utf8) + [0] }.reduce(Data(), +)
        #expect(!names.isEmpty)
        guard let path = ProcessInfo.processInfo.environment["PKGMINE_HOSTILE_NAMES"] else { return }
        try names.write(to: URL(filePath: path))
    }

    @Test("a miner that keeps files keeps them in its scratch folder, whatever the names", arguments: hostileNames)
    func scratchHolds(name: String) throws {
        let scratch = try ScratchFolder()
        guard let file = scratch.file(named: name) else { return }
        #expect(file.deletingLastPathComponent().path.hasPrefix(scratch.url.path.dropLast()))
        #expect(!file.path.contains("/../"))
    }

    @Test("a scratch folder hands out no path that leads out of it")
    func scratchRefuses() throws {
        let scratch = try ScratchFolder()
        let outside = ["..", ".", "", "../stray", "../../etc/passwd", "a/../../stray", "zero\u{0}byte"]
        #expect(outside.filter { scratch.file(named: $0) != nil } == [])
        #expect(scratch.file(named: "/etc/passwd")?.path == scratch.url.path + "/etc/passwd")
        #expect(scratch.file(named: "a/../b")?.path == scratch.url.path + "/b")
        #expect(scratch.file(named: "-rf")?.path == scratch.url.path + "/-rf")
    }

    @Test("records a breach at the line of its author")
    func pointsAtItsAuthor() async throws {
        let line = SourceLocation(fileID: "Author/Tests.swift", filePath: "Tests.swift", line: 7, column: 1)
        try await withKnownIssue {
            try await Conformance { try ShelfRegistry(.trustsEmptyPage) }.check(.ending, sourceLocation: line)
        } matching: { issue in
            issue.sourceLocation?.line == 7 && issue.comments.contains { $0.rawValue.contains("empty at first") }
        }
    }
}
