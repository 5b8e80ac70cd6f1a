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
        "The conformance suite passes a miner that is right",
        arguments: ConformancePromise.allCases.filter { isShown($0) && $0 != .shrinking })
    func passes(promise: ConformancePromise) async throws {
        let verdict = try await Conformance { try ShelfRegistry() }.check(promise, everyFault: true)
        #expect(verdict.cases > 0)
    }

    @Test(
        "The conformance suite passes a miner that is right and whose list is told whole",
        arguments: [ConformancePromise.shrinking, .update, .midWalk])
    func passesWhole(promise: ConformancePromise) async throws {
        let verdict = try await Conformance { RosterRegistry() }.verdict(on: promise)
        #expect(verdict.breaches == [])
        #expect(verdict.cases == [.shrinking: 8, .update: 12, .midWalk: 0][promise])
    }

    @Test(
        "The conformance suite finds what is wrong on purpose with a list that is told whole",
        arguments: RosterFlaw.allCases)
    func finds(flaw: RosterFlaw) async throws {
        for (promise, evidence) in flaw.breaks {
            let verdict = try await Conformance { RosterRegistry(flaw) }.verdict(on: promise)
            let found = verdict.breaches.map(\.description)
            #expect(found.contains { $0.contains(evidence) }, "\(flaw.rawValue): \(found)")
        }
    }

    @Test(
        "The conformance suite passes a miner that is right and walks pages that shift",
        arguments: [ConformancePromise.list, .resumption, .repetition, .update, .faults, .ending, .midWalk])
    func passesPaged(promise: ConformancePromise) async throws {
        let verdict = try await Conformance { PagerRegistry() }.verdict(on: promise)
        #expect(verdict.breaches == [] && verdict.cases > 0)
    }

    @Test("The conformance suite finds a miner that counts pages, and does not look whether they shift")
    func findsPageNumbers() async throws {
        let verdict = try await Conformance { PagerRegistry(trustsPageNumbers: true) }.verdict(on: .midWalk)
        let found = verdict.breaches.map(\.description)
        let evidence =
            "package 1 is taken back before listing request 2: "
            + "\"member-3\" was there all the time and is not in the list as it should be"
        #expect(found.contains { $0.hasSuffix(evidence) }, "\(found)")
    }

    @Test("a promise that nothing was done to is not passed: it says what would add attacks")
    func tellsWhatWasNotAttacked() async throws {
        let verdict = try await Conformance { RosterRegistry() }.verdict(on: .failure)
        #expect(verdict.notAttacked == "not attacked; to add attacks: it looks nothing up")
        let whole = try await Conformance { try ShelfRegistry() }.verdict(on: .shrinking)
        #expect(
            whole.notAttacked == "not attacked; to add attacks: give the fixture shrink(to:), if its list is told whole"
        )
        #expect(try await Conformance { RosterRegistry() }.verdict(on: .unreadable).lacking.count == 1)
    }

    @Test(
        "The conformance suite finds what is wrong on purpose, and says what",
        arguments: ShelfFlaw.allCases.filter { isShown($0.breaks.promise) })
    func finds(flaw: ShelfFlaw) async throws {
        var conformance = Conformance { try ShelfRegistry(flaw) }
        if flaw.neverEnds { conformance.patience = .seconds(5) }
        let verdict = try await conformance.verdict(on: flaw.breaks.promise, stoppingAtFirstBreach: true)
        let found = verdict.breaches.map(\.description)
        #expect(found.contains { $0.contains(flaw.breaks.evidence) }, "\(flaw.rawValue): \(found)")
    }

    @Test("The conformance suite has a miner that is wrong on purpose for each promise")
    func isCovered() {
        #expect(
            Set(ShelfFlaw.allCases.map(\.breaks.promise) + [.shrinking, .midWalk])
                == Set(ConformancePromise.allCases))
    }

    @Test("The page of the promises says how many miners are wrong on purpose")
    func isCounted() throws {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let page = try String(contentsOf: tests.appending(path: "Promises.md"), encoding: .utf8)
        // The one that counts pages has no list of flaws.
        let flaws = ShelfFlaw.allCases.count + RosterFlaw.allCases.count + 1
        #expect(page.replacing("\n", with: " ").contains("wrong on purpose, \(flaws) of them"))
    }

    @Test(
        "The conformance suite tells the names that it attacks with, so that files of these names are found wherever they stray"
    )
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
