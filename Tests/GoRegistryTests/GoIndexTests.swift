import Foundation
import GoRegistryFixture
import MinerTestKit
import Testing

@Suite("The loopback module index", .timeLimit(.minutes(5)))
struct GoIndexTests {
    private let times = (0..<6).map { EntryTime(nanoseconds: 1_554_923_332_997_264_000 + $0 * 100_000) }

    private func registry() -> GoRegistry {
        GoRegistry([
            GoModule("golang.org/x/text", releases: [.init("v0.3.0", at: times[0]), .init("v0.3.1", at: times[3])]),
            GoModule("github.com/b/b", releases: [.init("v1.0.0", at: times[1])]),
            GoModule("github.com/a/a", releases: [.init("v1.0.0", at: times[1])]),
            GoModule("github.com/gone/gone", releases: [.init("v1.0.0", at: times[2], isUnavailable: true)]),
        ])
    }

    private func paths(_ query: String, of registry: GoRegistry) -> [String] {
        let answer = registry.answer(to: LoopbackRequest(target: "/index\(query)"))
        return String(decoding: answer.body, as: UTF8.self).split(separator: "\n").map {
            String($0.split(separator: "\"")[3])
        }
    }

    @Test(
        "The loopback module index tells entries as lines of JSON with exactly the three keys, oldest first, the last line ended"
    )
    func lines() {
        let answer = registry().answer(to: LoopbackRequest(target: "/index?limit=2"))
        #expect(
            String(decoding: answer.body, as: UTF8.self) == """
                {"Path":"golang.org/x/text","Version":"v0.3.0","Timestamp":"2019-04-10T19:08:52.997264Z"}
                {"Path":"github.com/a/a","Version":"v1.0.0","Timestamp":"2019-04-10T19:08:52.997364Z"}

                """)
    }

    @Test(
        "The loopback module index goes on where it is alive: an entry that is still to come stands behind all others")
    func goesOn() {
        let registry = registry()
        registry.isAlive = true
        let all = ["golang.org/x/text", "github.com/a/a", "github.com/b/b", "golang.org/x/text", "example.org/latest"]
        #expect(paths("", of: registry) == all)
        #expect(paths("?limit=4", of: registry) == Array(all.dropLast()))
        #expect(paths("?since=2026-01-01T00:00:00Z", of: registry) == ["example.org/latest"])
        #expect(registry.expected().count == 3)
    }

    @Test("The loopback module index includes the time that is asked for, compared as a time")
    func since() {
        let registry = registry()
        #expect(paths("?since=2019-04-10T19:08:52.997364Z", of: registry).count == 3)
        #expect(paths("?since=2019-04-10T19:08:52.997364000Z", of: registry).count == 3)
        #expect(paths("?since=2019-04-10T19:08:52.997364001Z", of: registry) == ["golang.org/x/text"])
        #expect(paths("?since=2019-04-10T21:08:52.997364%2B02:00", of: registry).count == 3)
        #expect(paths("?since=2030-01-01T00:00:00Z", of: registry).isEmpty)
    }

    @Test(
        "The loopback module index calls a time that is none a bad request, an unescaped plus among them",
        arguments: ["2019-13-41", "", "2019-04-10T21:08:52+02:00", "yesterday"])
    func badSince(text: String) {
        #expect(registry().answer(to: LoopbackRequest(target: "/index?since=\(text)")).status == 400)
    }

    @Test("The loopback module index holds no page larger than its own, whatever is asked for")
    func limit() {
        let registry = registry()
        registry.pageSize = 3
        #expect(paths("", of: registry).count == 3)
        #expect(paths("?limit=1", of: registry).count == 1)
        #expect(paths("?limit=2000", of: registry).count == 3)
        #expect(registry.answer(to: LoopbackRequest(target: "/index?limit=many")).status == 400)
    }

    @Test("The loopback module index tells what is unavailable only to who asks for all")
    func includeAll() {
        #expect(!paths("", of: registry()).contains("github.com/gone/gone"))
        #expect(paths("?include=all", of: registry()).contains("github.com/gone/gone"))
    }

    @Test("The loopback module index tells what was added when it had begun")
    func growth() {
        let registry = registry()
        #expect(paths("?since=\(times[5].text)", of: registry) == [])
        registry.grow([GoModule("github.com/new/new", releases: [.init("v1.0.0", at: times[5])])])
        #expect(paths("?since=\(times[5].text)", of: registry) == ["github.com/new/new"])
        #expect(registry.expected().last?.path == "github.com/new/new")
    }

    @Test("The loopback module index tells lines that are no entries where they are put")
    func junk() {
        let registry = registry()
        registry.grow(entries: [GoIndexEntry("", "", at: times[1], line: "{\"Path\":")])
        let answer = registry.answer(to: LoopbackRequest(target: "/index"))
        #expect(String(decoding: answer.body, as: UTF8.self).split(separator: "\n").contains("{\"Path\":"))
        #expect(registry.expected().count == 3)
    }
}
