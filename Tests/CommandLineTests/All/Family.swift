import Foundation
import GoRegistryFixture
import MachineTools
import MinerTestKit
import Synchronization
import Testing

/// The seven registries of `fixtures/family`, each at a port of its own.
struct Family: Sendable {
    /// Takes the place of a registry's answer; nil leaves it.
    typealias Instead = @Sendable (_ id: String, LoopbackRequest) -> LoopbackAnswer?

    /// The list of each ecosystem.
    static let lists = [
        "crates": "Crates.csv", "go": "Go.csv", "maven": "Maven.csv", "npm": "NPM.csv", "packagist": "Packagist.csv",
        "pypi": "PyPI.csv", "rubygems": "RubyGems.csv",
    ]
    static let ids = lists.keys.sorted()

    /// All but Go, whose index has to say several times that it has no more.
    static let quick = ids.filter { $0 != "go" }

    private static let folder = packageFolder.appending(path: "fixtures/family")

    let servers: [String: LoopbackServer]

    static func serve(answering instead: @escaping Instead = { _, _ in nil }, _ body: (Family) async throws -> Void)
        async throws
    {
        try await serve(ids[...], [:], instead, body)
    }

    /// Each server lives inside the one before it, so that all end together.
    private static func serve(
        _ left: ArraySlice<String>, _ servers: [String: LoopbackServer], _ instead: @escaping Instead,
        _ body: (Family) async throws -> Void
    ) async throws {
        guard let id = left.first else { return try await body(Family(servers: servers)) }
        let answer = try registry(id)
        try await LoopbackServer.run(handler: { instead(id, $0) ?? answer($0) }) { server in
            try await serve(left.dropFirst(), servers.merging([id: server]) { $1 }, instead, body)
        }
    }

    private static func registry(_ id: String) throws -> @Sendable (LoopbackRequest) -> LoopbackAnswer {
        if id == "go" {
            let registry = try GoRegistry.fixture(at: folder.appending(path: id))
            return { registry.answer(to: $0) }
        }
        let registry = try FolderRegistry(at: folder.appending(path: id))
        return { registry.answer(to: $0) }
    }

    /// What an ecosystem's own command is told of its registry.
    func options(of id: String) -> [(name: String, value: String)] {
        let url = servers[id]?.baseURL ?? ""
        switch id {
        case "crates": return [("dump-url", "\(url)/db-dump.tar.gz")]
        case "go": return [("index-url", "\(url)/index"), ("proxy-url", "\(url)/proxy")]
        case "maven": return [("repository-url", url), ("index-url", "\(url)/index")]
        case "npm": return [("replication-url", "\(url)/registry"), ("registry-url", url), ("per-minute", "6000")]
        case "packagist": return [("repository-url", url)]
        case "pypi": return [("index-url", "\(url)/simple")]
        default: return [("dump-url", "\(url)/rubygems-dumps")]
        }
    }

    /// `--set npm.registry-url=…` for each of these.
    func settings(of ids: [String] = Family.ids) -> [String] {
        ids.flatMap { id in options(of: id).flatMap { ["--set", "\(id).\($0.name)=\($0.value)"] } }
    }

    /// Requests of all registries.
    var requests: Int { servers.values.reduce(0) { $0 + $1.journal.requests } }

    /// `pkgmine all` of these.
    @discardableResult
    func mineAll(
        _ ids: [String] = Family.ids, into folder: Scratch, _ more: [String] = [], progress: String = "none",
        started: (@Sendable (Int32) -> Void)? = nil
    ) async throws -> Tool.Outcome {
        let words = ["all"] + ids + ["-o", folder.path, "--progress", progress] + settings(of: ids) + more
        return try await Tool.pkgmine.run(words, started: started)
    }

    /// The ecosystem's own command.
    @discardableResult
    func mine(_ id: String, _ folder: Scratch, _ more: [String] = []) async throws -> Tool.Outcome {
        let options = options(of: id).flatMap { ["--\($0.name)", $0.value] }
        return try await Tool.pkgmine.run([id, "-o", folder.path, "--progress", "none"] + options + more)
    }

    /// What the registries' lists must be, by the names of the lists, as their fixtures say it.
    static func expected(_ ids: [String] = ids) throws -> [String: String] {
        let platforms = ["crates": "Crates.io", "go": "Go"]
        return try Dictionary(
            uniqueKeysWithValues: ids.map { id in
                let name = lists[id] ?? ""
                if id == "go" { return (name, try GoRegistry.fixture(at: folder.appending(path: id)).expectedList()) }
                let rows = try String(contentsOf: folder.appending(path: "\(id)/expected.csv"), encoding: .utf8)
                    .split(separator: "\n").dropFirst().enumerated().map { number, row in
                        let cells = row.split(separator: ",", omittingEmptySubsequences: false)
                            .map { $0.isEmpty ? "nan" : String($0) }
                        return
                            "\(number + 1),\(platforms[id] ?? String(name.dropLast(4))),\(cells.joined(separator: ","))\n"
                    }
                return (name, "Package ID,Platform,Name,Homepage,Repository\n" + rows.joined())
            })
    }

    /// What each command makes alone, by the names of the lists.
    func listsOfEach() async throws -> [String: String] {
        let folder = try Scratch()
        for id in Self.ids {
            let alone = try await mine(id, folder)
            #expect(alone.status == 0, "\(alone.errors)")
        }
        return try Self.lists(in: folder)
    }

    /// The lists of a folder by their names; problems files too.
    static func lists(in folder: Scratch) throws -> [String: String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".csv") }
        return try Dictionary(uniqueKeysWithValues: names.map { ($0, try folder.text($0)) })
    }
}
