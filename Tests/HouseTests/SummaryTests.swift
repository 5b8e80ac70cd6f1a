import Foundation
import PackageMining
import PkgmineCLI
import Testing

@Suite("The last lines of a run")
struct SummaryTests {
    private let folder = URL(filePath: "/lists/", directoryHint: .isDirectory)

    private func lines(_ tally: Tally, refused: ListChange? = nil) -> [String] {
        let report = RunReport(
            list: folder.appending(path: "RPM.csv"),
            problems: refused == nil ? nil : folder.appending(path: "RPM.problems.csv"), tally: tally,
            work: RunWork(refused: refused), resolves: true, activity: SessionActivity())
        return Summary(report: report, command: "pkgmine rpm").lines
    }

    @Test("count what is in the list, and what was withdrawn apart")
    func withdrawn() {
        var tally = Tally()
        tally.packages = 1_250
        tally.listed = 1_200
        tally.outcomes = [.noRepository: 1_200, .withdrawn: 50]
        #expect(
            lines(tally) == [
                "1,200 packages in the list, 0 of them new; 0 requests, 0 of them again", "0 looked up now; in all:",
                "       1,200  no repository", "          50  withdrawn: not in the list",
            ])
    }

    @Test("The last lines of a run say how far a list has shrunk that was not taken, and what to do")
    func refused() {
        var tally = Tally()
        tally.packages = 1_350
        tally.listed = 1_350
        tally.outcomes = [.noRepository: 1_350]
        tally.problems = [.shrunken: 1]
        #expect(
            lines(tally, refused: ListChange(known: 1_350, told: 0, kept: 0)) == [
                "1,350 packages in the list, 0 of them new; 0 requests, 0 of them again", "0 looked up now; in all:",
                "       1,350  no repository",
                "the registry's list was not taken, and the list is as it was: 1,350 packages were known, 0 are told of "
                    + "now, 0 of them known",
                "hint: run `pkgmine rpm` again to read it anew, or with --accept-shrinking if this is meant",
                "not all is settled: a list that has shrunk; /lists/RPM.problems.csv names each",
            ])
    }
}
