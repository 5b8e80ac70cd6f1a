import PackageMining
import Testing

@Suite("What is wrong with a list")
struct TallyTests {
    @Test(
        "What is wrong with a list is counted by kind, in words",
        arguments: [
            ([:], [:], nil), ([:], [.resolved: 3, .gone: 1], nil),
            ([.unreadable: 1, .gap: 1], [.failed: 1], "1 unreadable line, 1 gap, 1 package could not be asked for"),
            (
                [.gap: 3, .unreadable: 12], [.failed: 40_000, .forbidden: 2, .resolved: 9],
                "12 unreadable lines, 3 gaps, 40,000 packages could not be asked for, 2 packages were refused"
            ),
            ([:], [.forbidden: 1], "1 package was refused"),
        ] as [([Problem.Kind: Int], [Outcome: Int], String?)])
    func inWords(problems: [Problem.Kind: Int], outcomes: [Outcome: Int], words: String?) {
        var tally = Tally()
        tally.problems = problems
        tally.outcomes = outcomes
        #expect(tally.problemsInWords == words)
    }
}
