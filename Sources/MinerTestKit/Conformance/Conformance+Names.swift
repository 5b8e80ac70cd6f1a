import Foundation
import PackageMining

/// Names that have broken lists, terminals, file systems and spreadsheets.
public let hostileNames = [
    "a,b", "say \"hi\"", "\"", "two\nlines", "lone\rCR", "CR\r\nLF", "=1+1", "+1", "-1", "@SUM(A1)", "../../etc/passwd",
    "/etc/passwd", "..", ".", "a/../b", "\u{1B}[31mred", "\u{9B}31m", "\u{7}bell", "é", "e\u{301}", "nan", "Case",
    "case",
    " space ", "tab\there", "'", "%2e%2e%2f", "a?b=c", "a#b", "a&b", "𝄞", "\u{202E}drow", "\u{FEFF}bom",
    "zero\u{0}byte", "\u{7F}", "-rf", "$(id)", "`id`", String(repeating: "x", count: 10_000),
]

extension Conformance {
    /// Packages with hostile names, looked up in peace, and looked up where each answer is a 500.
    func nameAttacks() -> [Attack] {
        [
            Attack("hostile names") {
                let fixture = try self.makeFixture()
                guard fixture.add(names: hostileNames) else { return nil }
                return try await Stage.open(fixture) { stage in
                    if let wrong = try await stage.runToTheEnd() { return wrong }
                    return try stage.wrongName() ?? stage.straying()
                }
            },
            Attack("hostile names, and each look-up fails") {
                let fixture = try self.makeFixture()
                guard fixture.add(names: hostileNames) else { return nil }
                let misbehaviour = Misbehaviour.always(.internalError) { !fixture.kind(of: $0).isListing }
                return try await Stage.open(fixture, misbehaving: misbehaviour) { stage in
                    if case .failure(let error) = try await stage.run() { return printable("\(error)") }
                    return try stage.wrongName() ?? stage.straying() ?? stage.rawDetail()
                }
            },
        ]
    }
}

extension Stage {
    /// A name that does not read back from the list as the fixture spells it.
    fileprivate func wrongName() throws -> String? {
        let found = Set(readCSV(try list() ?? []).map { $0.count > 2 ? $0[2] : [] })
        let missing = fixture.expected.first { !found.contains(Array($0.name.utf8)) }
        return missing.map { "\"\(printable($0.name))\" does not read back from the list" }
    }

    /// A file beyond those of the list, or a request that is no proper one.
    fileprivate func straying() throws -> String? {
        let name = try ecosystem.fileName
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let own = ["\(name).csv", "\(name).problems.csv", "datapackage.json", ".pkgmine"]
        if let stray = files.first(where: { !own.contains($0) }) { return "there is a file \(printable(stray))" }
        let beside = try FileManager.default.contentsOfDirectory(atPath: surroundings.path)
        if beside != ["out"] { return "there are files outside of the output folder" }
        return asked().first(where: isImproper).map { "asked for \(printable($0))" }
    }

    private func isImproper(_ target: String) -> Bool {
        let path = target.prefix { $0 != "?" }.split(separator: "/")
        return path.contains { $0 == ".." || $0 == "." } || !target.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// A problem whose detail would reach a terminal raw.
    fileprivate func rawDetail() throws -> String? {
        let details = try problems().compactMap(\.last)
        return details.first { $0 != printable($0, limit: .max) }.map { "a problem says \(printable($0))" }
    }
}
