import PackageMining
import Pkgmine
import Testing

@Suite("The live display")
struct ProgressTextTests {
    private func facts(_ step: RunProgress.Step, hosts: [String] = []) -> ProgressFacts {
        var run = RunProgress.Snapshot()
        run.step = step
        run.entries = 16_789_012
        run.pages = 8_400
        run.newPackages = 2_236_178
        run.toLookUp = 2_236_178
        run.lookedUp = 412_310
        run.outcomes = [.resolved: 390_120, .noRepository: 15_003, .gone: 5_187, .notCached: 1_900, .withheld: 100]
        var session = SessionActivity()
        session.retries = 12_345
        session.inFlight = 256
        session.pausedHosts = hosts
        return ProgressFacts(
            run: run, session: session, entriesPerSecond: 812_345, lookUpsPerSecond: 4_321, requestsPerSecond: 4_987)
    }

    @Test(
        "The live display fits 80 columns in every step, whatever a host is called",
        arguments: RunProgress.Step.allCases)
    func fits(step: RunProgress.Step) {
        let hosts = ["\u{1B}[31m" + String(repeating: "long.", count: 40) + "example"]
        for line in ProgressText(facts(step, hosts: hosts), "go").lines {
            #expect(line.count < 80)
            #expect(!line.unicodeScalars.contains("\u{1B}"))
        }
    }

    @Test("The live display shows an empty bar where nothing is to be looked up")
    func isEmpty() {
        var run = RunProgress.Snapshot()
        run.step = .resolve
        let facts = ProgressFacts(
            run: run, session: SessionActivity(), entriesPerSecond: 0, lookUpsPerSecond: 0, requestsPerSecond: 0)
        #expect(ProgressText(facts, "go").lines[0] == "go resolve  [....................] 0 of 0, 0/s, ETA -")
    }

    @Test("The live display says how far it is, what came out, and what goes over the wire")
    func says() {
        #expect(
            ProgressText(facts(.resolve), "go").lines == [
                "go resolve  [###.................] 412,310 of 2,236,178, 4,321/s, ETA 7 min",
                "   390,120 resolved, 15,003 no repository, 5,187 gone, 2,000 other",
                "   4,987/s requests, 256 in flight, 12,345 retries",
            ])
        #expect(
            ProgressText(facts(.list), "go").plain
                == "go list     16,789,012 entries on 8,400 pages, 812,345/s; 2,236,178 new packages; "
                + "4,987/s requests, 256 in flight, 12,345 retries")
    }

    @Test("The live display of several runs has a line each, which fits 80 columns in every step and while it waits")
    func fitsInRows() {
        for step in RunProgress.Step.allCases {
            let rows = [[], ["https://registry.example: it answers 503"]].map { hosts in
                ProgressText(facts(step, hosts: hosts), "go").row(width: 13)
            }
            for row in rows { #expect(row.count < 80 && row.hasPrefix("go            \(step.rawValue)"), "\(row)") }
        }
        #expect(
            ProgressText(facts(.resolve), "go").row(width: 13)
                == "go            resolve   18% 412,310 of 2,236,178, 4,321/s, ETA 7 min")
        #expect(
            ProgressText(facts(.resolve, hosts: ["https://a.example: it answers 503"]), "npm").row(width: 3)
                == "npm resolve   18% 412,310 of 2,236,178, waiting for https://a.example: it answe")
    }
}
