import MinerTestKit
import PackageMining
import Testing

/// Flaws that no run has yet shown to be found within a minute: the suite is not tested for these.
private let slow: Set<ShelfFlaw> = [
    .readsOnePage, .countsArrivals, .storesCursorTooFar, .remembersInProcess, .takesNothingForEmpty,
    .takesPageForPeopleForEnd, .retriesItself,
]

@Suite("The conformance suite")
struct SuiteTests {
    @Test("passes a miner that is right", arguments: ConformancePromise.allCases)
    func passes(promise: ConformancePromise) async throws {
        let verdict = try await Conformance { ShelfRegistry() }.check(promise)
        #expect(verdict.cases > 0)
    }

    @Test("finds what is wrong on purpose", arguments: ShelfFlaw.allCases.filter { !slow.contains($0) })
    func finds(flaw: ShelfFlaw) async throws {
        for promise in flaw.breaks {
            let verdict = try await Conformance { ShelfRegistry(flaw) }.verdict(
                on: promise, stoppingAtFirstBreach: true)
            #expect(!verdict.breaches.isEmpty, "\(flaw.rawValue) passes: \(promise.rawValue)")
        }
    }

    @Test("has a miner that is wrong on purpose for each promise")
    func isCovered() {
        #expect(Set(ShelfFlaw.allCases.flatMap(\.breaks)) == Set(ConformancePromise.allCases))
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
