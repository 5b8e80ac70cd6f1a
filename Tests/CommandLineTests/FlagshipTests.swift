import Foundation
import GoRegistryFixture
import MachineTools
import MinerTestKit
import PackageMining
import Testing

@Suite("pkgmine go")
struct FlagshipTests {
    @Test("pkgmine go mines the small registry of the fixtures", arguments: [5, 17, 2_000])
    func minesFixture(pageSize: Int) async throws {
        let registry = try GoRegistry.small()
        registry.pageSize = pageSize
        try await registry.serve { service in
            let folder = try Scratch()
            let outcome = try await service.mine(folder)
            #expect(try folder.text("Go.csv") == registry.expectedList())
            #expect(outcome.output == folder.path + "/Go.csv\n")
            #expect(outcome.status == 75, "one module is forbidden: \(outcome.errors)")
            #expect(
                try folder.text("Go.problems.csv")
                    == "Kind,Subject,Detail\nforbidden,github.com/kr/pretty,the registry refuses to answer\n")
        }
    }

    @Test("20,000 modules with every outcome: all names, the right repositories, few requests, little memory")
    func minesEverything() async throws {
        let registry = GoRegistry.synthetic(modules: 20_000, seed: 7)
        try await registry.serve { service in
            let folder = try Scratch()
            let peak = try await peakMemory(of: service.arguments(folder))
            #expect(try folder.text("Go.csv") == registry.expectedList())
            let unsettled = registry.expected().filter { !$0.outcome.isSettled }.map(\.path)
            let named = try folder.text("Go.problems.csv").split(separator: "\n").dropFirst()
                .map { String($0.split(separator: ",")[1]) }
            #expect(named == unsettled)
            #expect(Double(service.proxyRequests) <= 1.75 * 20_000)
            #expect(peak < 120 << 20)
        }
    }

    /// Runs the tool under Python, which tells its child's largest memory, in bytes. Asked by ourselves, the system
    /// would count what this process held at the moment of the fork.
    private func peakMemory(of arguments: [String]) async throws -> Int {
        let script = """
            import resource, subprocess, sys
            subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
            print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
            """
        let outcome = try await #require(Tool.machine("python3"), "needs python3")
            .run(["-c", script, Tool.pkgmine.executable.path] + arguments)
        return try #require(Int(outcome.output.trimmingCharacters(in: .whitespacesAndNewlines))) * 1_024
    }

    @Test("a second run asks a handful; after growth only the new is asked for, and no Package ID moves")
    func updates() async throws {
        let registry = GoRegistry.synthetic(modules: 2_000, seed: 3, mix: .healthy)
        try await registry.serve { service in
            let folder = try Scratch()
            #expect(try await service.mine(folder).status == 0)
            let first = try folder.text("Go.csv")
            #expect(first == registry.expectedList())
            service.journal.reset()
            #expect(try await service.mine(folder).status == 0)
            // Twelve of them where the index has nothing, behind its newest entry and in a window behind that.
            #expect(service.journal.requests <= 16)
            #expect(try folder.text("Go.csv") == first)

            registry.growSynthetically(by: 200, seed: 4, mix: .healthy)
            service.journal.reset()
            #expect(try await service.mine(folder).status == 0)
            let second = try folder.text("Go.csv")
            #expect(second == registry.expectedList())
            #expect(second.hasPrefix(first))
            // 200 new modules, and 200 old ones with a new version; at most 1.75 requests each.
            #expect(service.proxyRequests <= 700)
        }
    }

    @Test("an empty index gives a list with a header and exit 0")
    func minesNothing() async throws {
        try await GoRegistry([]).serve { service in
            let folder = try Scratch()
            #expect(try await service.mine(folder).status == 0)
            #expect(try folder.text("Go.csv") == "Package ID,Platform,Name,Homepage,Repository\n")
            #expect(!folder.exists("Go.problems.csv"))
        }
    }

    @Test("a registry that fails now and then, in every way, gives the same bytes")
    func survivesFaults() async throws {
        let registry = GoRegistry.synthetic(modules: 400, seed: 5, mix: .healthy)
        let slow: [Fault] = [
            .silence, .trickle, .throttledAbsurdly, .hugeBody, .gzipBomb, .redirectLoop, .redirectToHTTP,
            .redirectToFile,
        ]
        let faults = Fault.allCases.filter { !slow.contains($0) }
        try await registry.serve(misbehaving: .share(0.05, of: faults, seed: 9)) { service in
            let folder = try Scratch()
            let outcome = try await service.mine(folder)
            if outcome.status == 75 { try await service.mine(folder) }
            #expect(try folder.text("Go.csv") == registry.expectedList(), "\(outcome.errors)")
        }
    }

    @Test("a recorded run replays to the same bytes, and answers from nowhere else")
    func replays() async throws {
        let (recorded, replayed, recording) = (try Scratch(), try Scratch(), try Scratch())
        let registry = try GoRegistry.small()
        try await registry.serve { service in
            try await service.mine(recorded, ["--record", recording.path])
            let arguments = service.arguments(replayed, ["--replay", recording.path])
            service.server.goDown()
            let outcome = try await Tool.pkgmine.run(arguments)
            #expect(outcome.status == 75, "\(outcome.errors)")
            #expect(try replayed.text("Go.csv") == recorded.text("Go.csv"))
            #expect(try replayed.text("Go.problems.csv") == recorded.text("Go.problems.csv"))
            let other = try await Tool.pkgmine.run(
                service.arguments(try Scratch(), ["--replay", recording.path, "--include-unavailable"]))
            #expect(other.status == 1)
            #expect(other.errors.contains("include=all"))
        }
    }

    @Test(
        "pkgmine go mines the recorded index of April 2019, at small pages and full ones",
        .enabled(if: realData != nil, "needs the recorded pages of the real index"), arguments: [100, 2_000])
    func minesRealIndex(pageSize: Int) async throws {
        let folder = try #require(realData).appending(path: "go-index-2019")
        let pages = ["page-1.ndjson", "page-2.ndjson"].map { folder.appending(path: $0) }
        let registry = try GoRegistry.pages(pages, pageSize: pageSize)
        try await registry.serve { service in
            let output = try Scratch()
            #expect(try await service.mine(output, ["--no-resolve"]).status == 0)
            let names = try namesInOrder(pages)
            #expect(names.count == 1_600)
            let rows = names.enumerated().map { "\($0.offset + 1),Go,\($0.element),nan,nan\n" }
            #expect(
                try output.text("Go.csv") == "Package ID,Platform,Name,Homepage,Repository\n" + rows.joined())
        }
    }

    /// What the files say, read without any of our readers: the paths in order of first appearance.
    private func namesInOrder(_ pages: [URL]) throws -> [String] {
        struct Entry: Decodable {
            let path: String
            let timestamp: String

            enum CodingKeys: String, CodingKey {
                case path = "Path"
                case timestamp = "Timestamp"
            }
        }
        var first: [String: String] = [:]
        for line in try pages.flatMap({ try String(contentsOf: $0, encoding: .utf8).split(separator: "\n") }) {
            let entry = try JSONDecoder().decode(Entry.self, from: Data(line.utf8))
            // Seconds and a fraction padded to nine digits compare as texts.
            let time = entry.timestamp.dropLast().split(separator: ".")
            let fraction = time.count > 1 ? time[1] : ""
            let key = time[0] + "." + fraction.padding(toLength: 9, withPad: "0", startingAt: 0)
            first[entry.path] = min(first[entry.path] ?? "9", key)
        }
        return first.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map(\.key)
    }
}
