import ArgumentParser
import EcosystemPlugins
import PackageMining
import PkgmineCLI
import Testing

@Suite("The pace of a registry is told")
struct PaceWordsTests {
    @Test(
        "The pace of a registry is told by `pkgmine ecosystems`, in words",
        arguments: [
            (Pace(perMinute: 100), "asked at most 100 times a minute"),
            (Pace(atOnce: 2, perMinute: 1), "asked at most once a minute, 2 at once"),
            (
                Pace(interval: .milliseconds(3_500), ban: .seconds(3_600)),
                "asked at most every 3.5 s; a refusal is a ban for 60 min"
            ),
            (
                Pace(atOnce: 2, hourlyRest: .seconds(180)),
                "asked at most 2 at once; not in an hour's first 3 min"
            ),
            (Pace(atOnce: 1), "asked at most 1 at once"), (Pace(ban: .seconds(90)), "a refusal is a ban for 90 s"),
            (Pace(), nil), (nil, nil),
        ] as [(Pace?, String?)])
    func inEcosystems(pace: Pace?, words: String?) {
        let registry = Registry(name: "index", url: "https://a.example", pace: pace)
        let ecosystem = Ecosystem(
            id: "slow", platform: "Slow", fileName: "Slow", purlType: "generic", registries: [registry])
        #expect(
            EcosystemsCommand.lines(of: [ecosystem]) == [
                "slow  Slow, into Slow.csv, packages as pkg:generic/…",
                "      index: https://a.example" + (words.map { "; \($0)" } ?? ""),
            ])
    }

    @Test("The pace of a registry is told by the help of the ecosystem's command, which no --concurrency raises")
    func inHelp() {
        #expect(
            MiningCommand<SlowPlugin>.configuration.discussion == """
                Examples:

                  pkgmine slow

                The pace, which --concurrency does not raise:

                  index: asked at most 20 times a minute
                """)
    }
}

private struct SlowPlugin: EcosystemPlugin {
    static let ecosystem = SlowMiner().ecosystem
    static let abstract = "Lists what is slow."
    static let listedFrom = "an index"
    static let lookedUpAt = "the list tells it"
    static let examples = ["pkgmine slow"]

    func makeMiner() -> SlowMiner { SlowMiner() }
}

private struct SlowMiner: EcosystemMiner {
    let ecosystem = Ecosystem(
        id: "slow", platform: "Slow", fileName: "Slow", purlType: "generic",
        registries: [
            Registry(name: "index", url: "https://a.example", pace: Pace(perMinute: 20)),
            Registry(name: "files", url: "https://b.example"),
        ])

    func spans(of run: RunFacts, after walked: [Int]) -> [Int] { [] }
    func list(from cursor: Int, through session: any RegistrySession, into sink: PageSink<Int>) async throws {}
}
