import GoRegistryFixture
import MinerTestKit
import PackageMining
import Testing

@Suite("The loopback module proxy", .timeLimit(.minutes(5)))
struct GoProxyTests {
    private func module(_ conduct: GoConduct, path: String = "github.com/BurntSushi/toml") -> GoModule {
        GoModule(
            path,
            releases: [
                .init("v1.0.0-RC1", at: EntryTime(nanoseconds: 1_554_923_332_000_000_000)),
                .init("v0.0.0-20160522181843-27f122750802", at: EntryTime(nanoseconds: 1_554_923_333_000_000_000)),
                .init("v1.0.0", at: EntryTime(nanoseconds: 1_554_923_334_000_000_000)),
            ], conduct: conduct, repository: "https://github.com/BurntSushi/toml")
    }

    private func get(_ target: String, _ registry: GoRegistry) -> (status: Int, text: String) {
        let answer = registry.answer(to: LoopbackRequest(target: target))
        return (answer.status, String(decoding: answer.body, as: UTF8.self))
    }

    @Test("The loopback module proxy answers for escaped paths and versions, with and without the cached-only prefix")
    func escapes() {
        let registry = GoRegistry([module(.origin)])
        for base in ["/proxy", "/proxy/cached-only"] {
            let latest = get("\(base)/github.com/!burnt!sushi/toml/@latest", registry)
            #expect(latest.status == 200)
            #expect(latest.text.contains("\"Version\":\"v1.0.0\""))
            #expect(latest.text.contains("\"Origin\":{\"VCS\":\"git\",\"URL\":\"https://github.com/BurntSushi/toml\""))
            let info = get("\(base)/github.com/%21burnt!sushi/toml/@v/v1.0.0-!r!c1.info", registry)
            #expect(info.status == 200)
            #expect(info.text.contains("\"Version\":\"v1.0.0-RC1\""))
        }
    }

    @Test(
        "The loopback module proxy refuses what a client that escapes cannot send",
        arguments: ["github.com/BurntSushi/toml", "github.com/!Burnt/x", "github.com/a!", "山山.xyz/a"])
    func badEscapes(path: String) {
        let answer = get("/proxy/\(path)/@latest", GoRegistry([module(.origin)]))
        #expect(answer.status == 404)
        #expect(answer.text == "bad request: invalid escaped module path \"\(path)\"")
    }

    @Test("lists tagged versions, and no pseudo-versions")
    func list() {
        let answer = get("/proxy/github.com/!burnt!sushi/toml/@v/list", GoRegistry([module(.origin)]))
        #expect(Set(answer.text.split(separator: "\n")) == ["v1.0.0", "v1.0.0-RC1"])
    }

    @Test(
        "The loopback module proxy answers as a module conducts itself",
        arguments: [
            (GoConduct.origin, 200, true, 200, true), (.originInInfoOnly, 200, false, 200, true),
            (.infoOnly, 404, false, 200, true), (.noOrigin, 200, false, 200, false),
            (.originWithoutURL, 200, false, 200, false), (.notFound, 404, false, 404, false),
            (.gone, 410, false, 410, false), (.notCached, 404, false, 404, false),
            (.badRequest, 400, false, 400, false), (.withheld, 451, false, 451, false),
            (.forbidden, 403, false, 403, false), (.alwaysFails, 500, false, 500, false),
            (.alwaysTimesOut, 404, false, 404, false),
        ])
    func conducts(conduct: GoConduct, latest: Int, latestHasURL: Bool, info: Int, infoHasURL: Bool) {
        let registry = GoRegistry([module(conduct)])
        let first = get("/proxy/github.com/!burnt!sushi/toml/@latest", registry)
        #expect(first.status == latest)
        #expect(first.text.contains("\"URL\":") == latestHasURL)
        let second = get("/proxy/github.com/!burnt!sushi/toml/@v/v1.0.0.info", registry)
        #expect(second.status == info)
        #expect(second.text.contains("\"URL\":") == infoHasURL)
    }

    @Test("times out as often as it says and is fine then")
    func timeouts() {
        let registry = GoRegistry([module(.timesOutTwice)])
        let answers = (0..<3).map { _ in get("/proxy/github.com/!burnt!sushi/toml/@latest", registry) }
        #expect(answers.map(\.status) == [404, 404, 200])
        #expect(answers[0].text == "not found: fetch timed out")
    }

    @Test("The loopback module proxy says of what it does not have that it is temporarily unavailable")
    func unknown() {
        #expect(get("/proxy/github.com/a/b/@latest", GoRegistry()).text == "not found: temporarily unavailable")
        let answer = get("/proxy/github.com/!burnt!sushi/toml/@v/v9.0.0.info", GoRegistry([module(.origin)]))
        #expect(answer.text.hasPrefix("not found: github.com/BurntSushi/toml@v9.0.0: invalid version"))
    }

    @Test("The loopback module proxy comes back when its conduct is set anew")
    func healing() {
        let registry = GoRegistry([module(.alwaysFails)])
        registry.setConduct(.origin, of: "github.com/BurntSushi/toml")
        #expect(get("/proxy/github.com/!burnt!sushi/toml/@latest", registry).status == 200)
        #expect(registry.expected().first?.outcome == .resolved)
    }
}
