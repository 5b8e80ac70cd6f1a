import Foundation
import PackageMining

/// Names that have broken lists, terminals, file systems and spreadsheets.
public let hostileNames = [
    "a,b", "say \"hi\"", "\"", "two\nlines", "lone\rCR", "CR\r\nLF", "=1+1", "+1", "-1", "@SUM(A1)", "../../etc/passwd",
    "/etc/passwd", "..", ".", "a/../b", "\u{1B}[31mred", "\u{9B}31m", "\u{7}bell", "é", "e\u{301}", "nan", "Case",
    "case",
    " space ", "tab\there", "'", "%2e%2e%2f", "a?b=c", "a#b", "a&b", "𝄞", "\u{202E}drow", "\u{FEFF}bom",
    "zero\u{0}byte", "\u{7F}", "-rf", "$(id)", "`id`", "../stray", "../../../../stray",
    String(repeating: "x", count: 10_000),
]

/// Names that are no UTF-8: a lone lead byte, an overlong slash, half of a surrogate pair, Latin-1.
public let rawNames: [[UInt8]] = [
    Array("raw-1-".utf8) + [0xC3], Array("raw-2-".utf8) + [0xC0, 0xAF], Array("raw-3-".utf8) + [0xED, 0xA0, 0x80],
    [0xE9] + Array("-raw-4".utf8),
]

extension Conformance {
    /// Packages with hostile names, looked up in peace, and looked up where each answer fails in a way that names it.
    func nameAttacks() throws -> AttackPlan {
        let peaceful = Attack("hostile names") {
            let stray = "./stray-\(UUID().uuidString)"
            let fixture = try self.fixture(named: hostileNames + [stray])
            return try await self.open(fixture) { stage in
                if let wrong = try await stage.runToTheEnd() { return wrong }
                return try stage.wrongName() ?? stage.straying() ?? fileNamed(stray)
            }
        }
        let failing: [Fault] = [.internalError, .redirectToFile, .html, .hugeBody]
        let failures = failing.map { fault in
            Attack("hostile names, and each look-up fails: \(fault.rawValue)") {
                try await self.failLookUps(of: hostileNames, by: fault)
            }
        }
        let raw = Attack("names that are no UTF-8") {
            let fixture = try self.makeFixture()
            _ = fixture.add(rawNames: rawNames)
            return try await self.open(fixture) { stage in try stage.judgeRawNames(try await stage.run()) }
        }
        var plan = AttackPlan()
        try plan.add([peaceful] + failures, if: makeFixture().add(names: hostileNames), given: "add(names:)")
        try plan.add([raw], if: makeFixture().add(rawNames: rawNames), given: "add(rawNames:)")
        return plan
    }

    private func fixture(named names: [String]) throws -> Fixture {
        let fixture = try makeFixture()
        _ = fixture.add(names: names)
        return fixture
    }

    private func failLookUps(of names: [String], by fault: Fault) async throws -> String? {
        let fixture = try fixture(named: names)
        var misbehaviour = Misbehaviour.always(fault) { !fixture.kind(of: $0).isListing }
        misbehaviour.measures.hugeMebibytes = mebibytesBeyondLimit
        return try await open(fixture, misbehaving: misbehaviour) { stage in
            var process = Stage<Fixture>.Process()
            if fault == .hugeBody { process.bodyLimit = lowBodyLimit }
            if case .failure(let error) = try await stage.run(process) { return printable("\(error)") }
            return try stage.wrongName() ?? stage.straying() ?? stage.rawDetail()
        }
    }
}

/// A file of that name where processes keep such things, or in a folder there. It is removed.
private func fileNamed(_ name: String) throws -> String? {
    let files = FileManager.default
    let temporary = files.temporaryDirectory.path
    let inside = try files.contentsOfDirectory(atPath: temporary).map { "\(temporary)/\($0)" }
    let folders = [temporary, files.currentDirectoryPath, files.homeDirectoryForCurrentUser.path] + inside
    let paths = folders.map { "\($0)/\(name)" }.filter(files.fileExists)
    for path in paths { try files.removeItem(atPath: path) }
    return paths.first.map { "a file was written: \($0)" }
}

extension Stage {
    /// A name that does not read back from the list as the fixture spells it.
    fileprivate func wrongName() throws -> String? {
        let found = Set(readCSV(try list() ?? []).map { $0.count > 2 ? $0[2] : [] })
        let missing = fixture.expected.first { !found.contains(Array($0.name.utf8)) }
        return missing.map { "\(shownName($0.name.utf8)) does not read back from the list" }
    }

    /// A file beyond those of the list, or a request that is no proper one.
    fileprivate func straying() throws -> String? {
        let name = try ecosystem.fileName
        let own = ["\(name).csv", "\(name).problems.csv", "\(name).outcomes.csv", "datapackage.json", ".pkgmine"]
        let allowed = Set(["a", "a/b", "a/b/c", "a/b/c/out"] + own.map { "a/b/c/out/\($0)" })
        let there = FileManager.default.enumerator(atPath: surroundings.path)?.compactMap { $0 as? String } ?? []
        if let stray = there.first(where: { !allowed.contains($0) && !$0.hasPrefix("a/b/c/out/.pkgmine/") }) {
            return "there is a file \(printable(stray))"
        }
        return asked().first(where: isImproper).map { "asked for \(printable($0))" }
    }

    private func isImproper(_ target: String) -> Bool {
        let path = target.prefix { $0 != "?" }.split(separator: "/")
        return path.contains { $0 == ".." || $0 == "." } || !target.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// A problem whose detail would reach a terminal raw.
    fileprivate func rawDetail() throws -> String? {
        rawText(in: try problems().compactMap(\.last))
    }

    /// A text with control characters, which a terminal obeys. Line ends are the text's own.
    func rawText(in texts: [String]) -> String? {
        texts.first { text in
            text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" || (127...159).contains($0.value) }
        }.map { "a text that is shown has control characters: \(printable($0))" }
    }

    /// Names that are no UTF-8 stand in the list byte for byte, or are named as problems, and nothing else changes.
    fileprivate func judgeRawNames(_ result: Result<RunReport, any Error>) throws -> String? {
        guard case .success(let report) = result else {
            if case .failure(let error) = result { return rawText(in: ["\(error)"]) }
            return nil
        }
        let found = readCSV(try list() ?? []).dropFirst().map { $0.count > 2 ? $0[2] : [] }
        let known = Set(fixture.expected.map { Array($0.name.utf8) } + rawNames)
        if let strange = found.first(where: { !known.contains($0) }) {
            return "\(shownName(strange)) is the name of no package"
        }
        let missing = known.subtracting(found).count
        if missing > 0, report.exitCode == 0 { return "exit code 0, and \(missing) packages are missing" }
        let named = try problems().count
        return missing > named ? "\(missing) packages are missing, and \(named) problems are named" : nil
    }
}
