import Foundation
import GoRegistryFixture
import MachineTools
import MinerTestKit
import Testing

/// The study that `make demo` makes: seven ecosystems of `fixtures/family`, compared.
@Suite("Seven ecosystems, mined into one folder")
struct FamilyTests {
    private static let family = packageFolder.appending(path: "fixtures/family")

    /// What a command is told of the registry at that address.
    private static let options: [String: @Sendable (String) -> [String]] = [
        "crates": { ["--dump-url", "\($0)/db-dump.tar.gz"] },
        "maven": { ["--repository-url", $0, "--index-url", "\($0)/index"] },
        "npm": { ["--replication-url", "\($0)/registry", "--registry-url", $0, "--per-minute", "6000"] },
        "packagist": { ["--repository-url", $0] },
        "pypi": { ["--index-url", "\($0)/simple"] },
        "rubygems": { ["--dump-url", "\($0)/rubygems-dumps"] },
    ]

    @Test("are the lists that their registries tell, and a repository that each writes in its own way is shared by all")
    func study() async throws {
        let folder = try Scratch()
        for (command, options) in Self.options {
            let registry = try FolderRegistry(at: Self.family.appending(path: command))
            try await registry.serve { try await mine(command, options($0.baseURL), into: folder) }
            let expected = try String(
                contentsOf: Self.family.appending(path: "\(command)/expected.csv"), encoding: .utf8)
            let told = expected.split(separator: "\n").dropFirst().map(String.init)
            #expect(try rows(of: command, in: folder) == told)
        }
        try await GoRegistry.fixture(at: Self.family.appending(path: "go")).serve { service in
            let urls = ["--index-url", service.indexURL, "--proxy-url", service.proxyURL]
            try await mine("go", urls, into: folder)
        }
        let lists = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".csv") }
            .sorted().map { "\(folder.path)/\($0)" }
        let output = ["--output-dir", "\(folder.path)/compare", "--quiet"]
        let compared = try await Tool.pkgmine.run(["compare"] + lists + output)
        #expect(compared.status == 0, "\(compared.errors)")
        #expect(
            try folder.text("compare/summary.csv") == """
                Number of Ecosystems,Ecosystems,Repositories,Packages,File
                3,NPM + Packagist + PyPI,1,3,3-ecosystems/NPM+Packagist+PyPI.csv
                4,Crates.io + Go + Maven + PyPI,1,4,4-ecosystems/Crates.io+Go+Maven+PyPI.csv
                4,Go + NPM + PyPI + RubyGems,1,4,4-ecosystems/Go+NPM+PyPI+RubyGems.csv
                7,Crates.io + Go + Maven + NPM + Packagist + PyPI + RubyGems,1,7,\
                7-ecosystems/Crates.io+Go+Maven+NPM+Packagist+PyPI+RubyGems.csv

                """)
    }

    private func mine(_ command: String, _ options: [String], into folder: Scratch) async throws {
        let run = try await Tool.pkgmine.run([command, "-o", folder.path, "--progress", "none"] + options)
        #expect(run.status == 0, "\(command): \(run.errors)")
    }

    /// Name, homepage and repository of each row, as an `expected.csv` has them.
    private func rows(of command: String, in folder: Scratch) throws -> [String] {
        let names = ["crates": "Crates", "maven": "Maven", "npm": "NPM", "packagist": "Packagist", "pypi": "PyPI"]
        return try folder.text("\(names[command] ?? "RubyGems").csv").split(separator: "\n").dropFirst().map { row in
            row.split(separator: ",", omittingEmptySubsequences: false).dropFirst(2)
                .map { $0 == "nan" ? "" : String($0) }.joined(separator: ",")
        }
    }
}
