import Foundation
import PackageMining
import PkgmineCLI
import Testing

@Suite("How a run's error is told")
struct FailureTests {
    private static let command = "pkgmine go -o lists"
    private static let again = "run `\(command)` again"

    private func told(
        _ category: WireError.Category, _ status: Int? = nil, _ change: (inout RunProgress.Snapshot) -> Void
    )
        -> String
    {
        var progress = RunProgress.Snapshot()
        change(&progress)
        let error = WireError(category, url: "https://u:p@r.test/list", "what was seen", status: status, attempts: 6)
        return Failure(error, command: Self.command, progress: progress).text
    }

    @Test("before anything had arrived nothing is said to be saved")
    func savesNothing() {
        #expect(
            told(.unreachable) { _ in } == """
                error: the registry's list could not be read
                  at: https://r.test/list
                  because: unreachable: what was seen (6 attempts)
                  saved: nothing had arrived yet

                hint: if the address is right, run `pkgmine go -o lists` again later to go on from there
                """)
    }

    @Test("what had arrived is counted")
    func counts() {
        let text = told(.throttled) {
            $0.pages = 2
            $0.entries = 4_000
            $0.lookedUp = 12
        }
        #expect(text.contains("error: the registry's list could not be read on\n"), "\(text)")
        #expect(
            text.contains("  saved: all that had arrived: 4,000 entries listed, 12 packages looked up\n"), "\(text)")
        let update = told(.throttled) { $0.isUpdate = true }
        #expect(update.contains("  saved: what was stored before; nothing new had arrived\n"), "\(update)")
    }

    @Test("an old copy of a list is asked for again later")
    func outdated() {
        #expect(
            told(.outdated, 200) { $0.isUpdate = true }.hasSuffix(
                "hint: what answers there lags behind, as a cache or a mirror may: \(Self.again) later"))
    }

    @Test(
        "what another run cannot mend does not say to run again",
        arguments: [
            (.refused, 403, "credentials"), (.refused, nil, "--ca-file"), (.absent, 404, "the address is right"),
            (.tooLarge, 200, "the address is right"), (.refused, 400, "the address is right"),
        ] as [(WireError.Category, Int?, String)])
    func doesNotRepeat(category: WireError.Category, status: Int?, hint: String) {
        let text = told(category, status) { _ in }
        #expect(!text.contains(Self.again), "\(text)")
        #expect(text.contains(hint), "\(text)")
    }

    @Test("what may have passed says so", arguments: [WireError.Category.throttled, .unreachable, .malformed])
    func repeats(category: WireError.Category) {
        let text = told(category) { _ in }
        #expect(text.contains(Self.again), "\(text)")
    }

    @Test("a ban says when the registry may be asked again, and that asking before makes it worse")
    func banned() {
        let error = WireError(
            .banned, url: "https://u:p@r.test/list", "r.test locks out who asks more than it bears (status 429)",
            status: 429, mayBeAskedAt: Date(timeIntervalSince1970: 1_700_000_000))
        var progress = RunProgress.Snapshot()
        progress.entries = 4_000
        #expect(
            Failure(error, command: Self.command, progress: progress).text == """
                error: the registry has locked this machine out for a while
                  at: https://r.test/list
                  because: banned: r.test locks out who asks more than it bears (status 429)
                  saved: all that had arrived: 4,000 entries listed

                hint: to ask on would make it longer; run `pkgmine go -o lists` again to go on from there, not before \
                2023-11-14T22:13:20Z
                """)
    }

    @Test("a recording that lacks an answer is not asked again")
    func replays() {
        let error = WireError(.refused, url: "https://r.test/list", "the recording in x does not hold it")
        let failure = Failure(
            error, command: Self.command, progress: RunProgress.Snapshot(), isReplayed: true)
        #expect(failure.text.hasSuffix("give the options of that run, or record anew"), "\(failure.text)")
    }

    @Test("an error that nobody has foreseen is told without control characters, and where no run has begun")
    func unforeseen() {
        struct Odd: Error, CustomStringConvertible { let description = "odd\u{1B}[2J" }
        #expect(
            Failure(Odd(), command: Self.command).text == """
                error: the run could not go on
                  because: odd\\u{1B}[2J
                  saved: what was stored before; no run has begun

                hint: if `pkgmine go -o lists` ends here once more, it is a fault of pkgmine: report it with this text
                """)
    }
}
