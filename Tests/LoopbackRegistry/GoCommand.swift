import ArgumentParser
import Foundation
import GoRegistryFixture
import MinerTestKit
import PackageMining

struct GoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "go", abstract: "Serves a Go module index and a module proxy.")

    @Option(help: "A folder with a fixture.")
    var fixture: String?

    @Option(parsing: .upToNextOption, help: "Pages of the real index.")
    var pages: [String] = []

    @Option(help: "That many synthetic modules.")
    var synthetic: Int?

    @Option(help: "The seed of the synthetic modules and of the faults.")
    var seed: UInt64 = 1

    @Flag(help: "Only synthetic modules whose look-up can be settled.")
    var healthy = false

    @Option(help: "The port; 0 lets the system choose.")
    var port: UInt16 = 0

    @Option(help: "The most entries in a page of the index.")
    var pageSize = 2000

    @Option(help: "How long each answer takes to begin, in milliseconds.")
    var latencyMs = 0

    @Option(help: "How many requests are borne at once; those beyond get a 429.")
    var capacity: Int?

    @Option(
        name: .customLong("fault"), parsing: .upToNextOption, help: "NAME:SHARE, as in 503:0.05. See --list-faults.")
    var faults: [String] = []

    @Flag(help: "Prints the names of the faults and ends.")
    var listFaults = false

    @Option(help: "A file for the URLs, which are also printed. Written when the registry is up.")
    var urlFile: String?

    @Option(
        help: "A file for what the list must say: path, outcome and repository, tab-separated, in the list's order.")
    var expectedFile: String?

    @Flag(help: "Ends when standard input closes.")
    var untilStdinCloses = false

    func run() async throws {
        if listFaults { return print(Fault.allCases.map(\.rawValue).joined(separator: "\n")) }
        let registry = try registry()
        try expectedFile.map { try write(registry.expected(), to: $0) }
        try await registry.serve(port: port, misbehaving: try misbehaviour()) { service in
            try announce(service)
            await untilStopped(untilStdinCloses: untilStdinCloses)
        }
    }

    private func registry() throws -> GoRegistry {
        if let fixture { return try .fixture(at: URL(filePath: fixture), pageSize: pageSize) }
        if !pages.isEmpty { return try .pages(pages.map { URL(filePath: $0) }, pageSize: pageSize) }
        guard let synthetic else { throw ValidationError("One of --fixture, --pages and --synthetic is needed.") }
        let registry = GoRegistry.synthetic(modules: synthetic, seed: seed, mix: healthy ? .healthy : .everything)
        registry.pageSize = pageSize
        return registry
    }

    private func misbehaviour() throws -> Misbehaviour {
        var plan = Misbehaviour(try faults.map(rule), capacity: capacity)
        plan.latency = .milliseconds(latencyMs)
        return plan
    }

    private func rule(_ text: String) throws -> Misbehaviour.Rule {
        let halves = text.split(separator: ":")
        guard halves.count == 2, let fault = Fault(rawValue: String(halves[0])), let share = Double(halves[1]) else {
            throw ValidationError("\"\(text)\" is not a fault's name and a share, as in 503:0.05.")
        }
        return .share(share, of: [fault], seed: seed)
    }

    private func announce(_ service: GoService) throws {
        let text = "index \(service.indexURL)\nproxy \(service.proxyURL)\n"
        FileHandle.standardOutput.write(Data(text.utf8))
        if let urlFile { try Data(text.utf8).write(to: URL(filePath: urlFile), options: .atomic) }
    }

    private func write(_ modules: [ExpectedModule], to file: String) throws {
        let rows = modules.map { "\($0.path)\t\($0.outcome.rawValue)\t\($0.repository ?? "nan")\n" }
        try Data(rows.joined().utf8).write(to: URL(filePath: file), options: .atomic)
    }
}
