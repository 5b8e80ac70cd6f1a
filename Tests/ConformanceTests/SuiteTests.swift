import MinerTestKit
import PackageMining
import Testing

/// What this process can show: memory can be measured only where no other tests disturb it.
private func isShown(_ promise: ConformancePromise) -> Bool {
    promise != .memory || Conformance<ShelfRegistry>.measuresMemory
}

@Suite("The conformance suite")
struct SuiteTests {
    @Test("passes a miner that is right", arguments: ConformancePromise.allCases.filter(isShown))
    func passes(promise: ConformancePromise) async throws {
        let verdict = try await Conformance { ShelfRegistry() }.check(promise)
        #expect(verdict.cases > 0)
    }

    @Test(
        "finds what is wrong on purpose, and says what",
        arguments: ShelfFlaw.allCases.filter { isShown($0.breaks.promise) })
    func finds(flaw: ShelfFlaw) async throws {
        var conformance = Conformance { ShelfRegistry(flaw) }
        if flaw.neverEnds { conformance.patience = .seconds(2) }
        let verdict = try await conformance.verdict(on: flaw.breaks.promise, stoppingAtFirstBreach: true)
        let found = verdict.breaches.map(\.description)
        #expect(found.contains { $0.contains(flaw.breaks.evidence) }, "\(flaw.rawValue): \(found)")
    }

    @Test("has a miner that is wrong on purpose for each promise")
    func isCovered() {
        #expect(Set(ShelfFlaw.allCases.map(\.breaks.promise)) == Set(ConformancePromise.allCases))
    }

    @Test("records a breach at the line of its author")
    func pointsAtItsAuthor() async throws {
        let line = SourceLocation(fileID: "Author/Tests.swift", filePath: "Tests.swift", line: 7, column: 1)
        try await withKnownIssue {
            try await Conformance { ShelfRegistry(.trustsEmptyPage) }.check(.ending, sourceLocation: line)
        } matching: { issue in
            issue.sourceLocation?.line == 7 && issue.comments.contains { $0.rawValue.contains("empty at first") }
        }
    }
}
