import Foundation
import MiningStore
import PackageMining

extension Stage {
    /// Runs a process that has to end with exit code 0 and the fixture's list. Returns what was wrong.
    func runToTheEnd(
        _ process: Process = Process(), whereSpoiled isSpoiled: Bool = false
    ) async throws -> String? {
        try await whatIsWrong(with: try await run(process), whereSpoiled: isSpoiled)
    }

    /// Why an end of a run is not that with exit code 0 and the fixture's list.
    func whatIsWrong(
        with result: Result<RunReport, any Error>, whereSpoiled isSpoiled: Bool = false
    ) async throws -> String? {
        switch result {
        case .failure(let error): "the run ended with an error: \(printable("\(error)"))"
        case .success(let report) where report.exitCode != 0: try exitCodeInWords(report)
        case .success: try await difference(whereSpoiled: isSpoiled)
        }
    }

    func exitCodeInWords(_ report: RunReport) throws -> String {
        let problems = try problems().map { $0.joined(separator: " ") }.joined(separator: "; ")
        return "exit code \(report.exitCode): \(printable(problems))"
    }

    /// Where the list, or the end of a look-up, is not what the fixture says; nil where all is, byte for byte.
    ///
    /// - Parameter isSpoiled: whether answers were spoiled so that only their text could tell; see ``wrongOutcomes(_:)``.
    func difference(whereSpoiled isSpoiled: Bool = false) async throws -> String? {
        guard let list = try list() else { return "there is no list" }
        if let difference = firstDifference(of: list, from: try expectedList()) { return difference }
        if let wrong = try await wrongOutcomes(isSpoiled).first { return wrong.finding }
        return try await differenceOfOutcomes()
    }

    /// Where the outcomes beside the list are not those of its packages, in its order; nil where they are, byte for byte
    /// but for times and releases, which a fixture does not tell.
    private func differenceOfOutcomes() async throws -> String? {
        let file = folder.appending(path: "\(try ecosystem.fileName).outcomes.csv")
        guard FileManager.default.fileExists(atPath: file.path) else { return "there are no outcomes beside the list" }
        let ends = try await StateFiles(outputFolder: folder, id: ecosystem.id).outcomes()
        var expected = Array("Name,Outcome\n".utf8)
        for (index, row) in fixture.expected.enumerated() where row.outcome != .withdrawn {
            let outcome = ends[index + 1]?.rawValue ?? "not asked"
            expected += quoted(Array(row.name.utf8)) + Array(",\(outcome)\n".utf8)
        }
        let found = readCSV(Array(try Data(contentsOf: file)))
            .flatMap { Array($0.prefix(2).map(quoted).joined(separator: [UInt8(ascii: ",")])) + [UInt8(ascii: "\n")] }
        return firstDifference(of: found, from: expected).map { "in the outcomes, \($0)" }
    }

    /// Packages whose look-up ended otherwise than the fixture says, each in words. Those that have not ended are not
    /// among them.
    ///
    /// - Parameter isSpoiled: whether the texts of answers may be cut. A registry that says no then says nothing of why.
    func wrongOutcomes(_ isSpoiled: Bool = false) async throws -> [(name: [UInt8], finding: String)] {
        let outcomes = try await StateFiles(outputFolder: folder, id: ecosystem.id).outcomes()
        return fixture.expected.enumerated().compactMap { index, row in
            guard let outcome = outcomes[index + 1], outcome != row.outcome else { return nil }
            let absent: [Outcome] = [.gone, .notCached, .rejected]
            if isSpoiled, absent.contains(outcome), absent.contains(row.outcome) { return nil }
            let finding =
                "the look-up of \"\(printable(row.name))\" ended as '\(outcome.rawValue)', not as '\(row.outcome.rawValue)'"
            return (Array(row.name.utf8), finding)
        }
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
