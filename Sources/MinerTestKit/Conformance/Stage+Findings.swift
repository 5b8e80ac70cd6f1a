import Foundation
import PackageMining

extension Stage {
    /// Runs a process that has to end with exit code 0 and the fixture's list. Returns what was wrong.
    func runToTheEnd(_ process: Process = Process()) async throws -> String? {
        try whatIsWrong(with: try await run(process))
    }

    /// Why an end of a run is not that with exit code 0 and the fixture's list.
    func whatIsWrong(with result: Result<RunReport, any Error>) throws -> String? {
        switch result {
        case .failure(let error): "the run ended with an error: \(printable("\(error)"))"
        case .success(let report) where report.exitCode != 0:
            "exit code \(report.exitCode): \(printable(try problems().map { $0.joined(separator: " ") }.joined(separator: "; ")))"
        case .success: try difference()
        }
    }

    /// Where the list is not what the fixture says; nil where it is, byte for byte.
    func difference() throws -> String? {
        guard let list = try list() else { return "there is no list" }
        return firstDifference(of: list, from: try expectedList())
    }

    /// The published list; nil where there is none.
    func list() throws -> [UInt8]? {
        let file = folder.appending(path: "\(try ecosystem.fileName).csv")
        return FileManager.default.fileExists(atPath: file.path) ? Array(try Data(contentsOf: file)) : nil
    }

    func expectedList() throws -> [UInt8] {
        listText(of: fixture.expected, platform: try ecosystem.platform)
    }

    /// The rows of the problems file.
    func problems() throws -> [[String]] {
        let file = folder.appending(path: "\(try ecosystem.fileName).problems.csv")
        guard FileManager.default.fileExists(atPath: file.path) else { return [] }
        return Array(readCSV(Array(try Data(contentsOf: file))).dropFirst())
            .map { $0.map { String(decoding: $0, as: UTF8.self) } }
    }

    var ecosystem: Ecosystem {
        get throws { try fixture.miner(at: server.baseURL).ecosystem }
    }

    /// The targets that were asked for, in order, of the kinds that are wanted.
    func asked(_ isWanted: (RequestKind) -> Bool = { _ in true }) -> [String] {
        server.journal.log.filter { isWanted(fixture.kind(of: $0)) }.map(\.target)
    }
}
