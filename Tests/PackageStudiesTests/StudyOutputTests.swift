import Foundation
import PackageStudies
import Testing

/// What lies where a study is written: other things than files, other processes, and what a killed run has left.
@Suite struct StudyOutputTests {
    private static let shared = Lists.header + "1,Go,x,nan,https://github.com/u/r\n1,NPM,y,nan,u/r\n"

    private func difference(_ lists: borrowing Lists) async throws -> ListDifference {
        try await ListDifference(
            old: try lists.write("old.csv", Lists.header), new: try lists.write("new.csv", Self.shared))
    }

    /// What lies in a folder, hidden or not.
    private func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    @Test("a pipe, a folder and a link to one are no files to replace", arguments: ["pipe", "folder", "link"])
    func notAFile(kind: String) async throws {
        let lists = try Lists()
        let path = lists.path("out")
        switch kind {
        case "pipe": #expect(mkfifo(path, 0o600) == 0)
        case "folder": try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        default: try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: ".")
        }
        let before = try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
        let difference = try await difference(lists)
        #expect(throws: StudyError.output(path, "it is not a file")) { try difference.write(to: path) }
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType == before)
        #expect(try names(lists.path("")) == ["new.csv", "old.csv", "out"])
    }

    @Test(
        "a draft that a killed run has left is dropped, and a link in its place is not followed",
        arguments: [false, true])
    func leftOver(isLink: Bool) async throws {
        let lists = try Lists()
        let precious = try lists.write("precious", "kept")
        let draft = lists.path(".changes.csv.new")
        if isLink {
            try FileManager.default.createSymbolicLink(atPath: draft, withDestinationPath: precious)
        } else {
            _ = try lists.write(".changes.csv.new", "half of a li")
        }
        try await difference(lists).write(to: lists.path("changes.csv"))
        #expect(try names(lists.path("")) == ["changes.csv", "new.csv", "old.csv", "precious"])
        #expect(try String(contentsOfFile: precious, encoding: .utf8) == "kept")
        #expect(try String(contentsOfFile: lists.path("changes.csv"), encoding: .utf8).hasSuffix("nan,,u/r\n"))
    }

    @Test("tables are gzip where that is asked for, under names that say so, and take the place of plain ones")
    func isGzip() async throws {
        let lists = try Lists()
        let comparison = try await Comparison.of([try lists.write("a.csv", Self.shared)])
        try comparison.write(to: lists.path("plain"))
        try comparison.write(to: lists.path("out"))
        try comparison.write(to: lists.path("out"), isGzip: true)
        let plain = try lists.files("plain")
        let tables = plain.keys.filter { $0 != "datapackage.json" }.sorted()
        #expect(
            FileManager.default.enumerator(atPath: lists.path("out"))?.compactMap { $0 as? String }.sorted()
                == (tables.map { $0 + ".gz" } + ["2-ecosystems", "datapackage.json"]).sorted())
        for table in tables {
            let expected = plain[table]?.replacing("Go+NPM.csv", with: "Go+NPM.csv.gz")
            #expect(try lists.unpacked("out/\(table).gz") == expected)
        }
        let first = try Data(contentsOf: URL(filePath: lists.path("out/summary.csv.gz")))
        try comparison.write(to: lists.path("out"), isGzip: true)
        #expect(try Data(contentsOf: URL(filePath: lists.path("out/summary.csv.gz"))) == first)
        try await difference(lists).write(to: lists.path("changes.csv.gz"))
        try await difference(lists).write(to: lists.path("changes.csv"))
        let changes = try String(contentsOfFile: lists.path("changes.csv"), encoding: .utf8)
        #expect(try lists.unpacked("changes.csv.gz") == changes)
    }

    @Test("while another process writes the same file or folder, nothing is written", arguments: [true, false])
    func busy(isFile: Bool) async throws {
        let lists = try Lists()
        let difference = try await difference(lists)
        let comparison = try await Comparison.of([lists.path("new.csv")])
        let (changes, out) = (lists.path("changes.csv"), lists.path("out"))
        try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
        _ = try lists.write("changes.csv", "old")
        let held = open(isFile ? try lists.write(".changes.csv.new", "half") : out, O_RDONLY)
        #expect(flock(held, LOCK_EX) == 0)
        if isFile {
            #expect(throws: StudyError.output(changes, "another process is writing it")) {
                try difference.write(to: changes)
            }
            #expect(try lists.files("")[".changes.csv.new"] == "half")
            #expect(try lists.files("")["changes.csv"] == "old")
        } else {
            #expect(throws: StudyError.output(out, "another comparison is being written to it")) {
                try comparison.write(to: out)
            }
            #expect(try names(out) == [])
        }
        close(held)
        try difference.write(to: changes)
        try comparison.write(to: out)
        #expect(try names(out) == ["2-ecosystems", "datapackage.json", "not-understood.csv", "summary.csv"])
    }

    @Test("files that a killed comparison had put in their places are the study's, and go with it")
    func interrupted() async throws {
        let lists = try Lists()
        let out = lists.path("out")
        try await Comparison.of([try lists.write("a.csv", Self.shared)]).write(to: out)
        // As a kill leaves it behind the last file and before the manifest.
        let drafts = "\(out)/.pkgmine-compare.part"
        try FileManager.default.createDirectory(atPath: drafts, withIntermediateDirectories: true)
        try FileManager.default.moveItem(atPath: "\(out)/datapackage.json", toPath: "\(drafts)/datapackage.json")
        _ = try lists.write("out/mine.csv", "kept")
        try await Comparison.of([try lists.write("b.csv", Lists.header)]).write(to: out)
        #expect(try names(out) == ["datapackage.json", "mine.csv", "not-understood.csv", "summary.csv"])
    }

    @Test("a data package that cannot be read is not written over")
    func foreignPackage() async throws {
        let lists = try Lists()
        let comparison = try await Comparison.of([try lists.write("a.csv", Self.shared)])
        for text in ["{\"name\":\"lists\"}", "{", ""] {
            _ = try lists.write("datapackage.json", text)
            let reason = "its datapackage.json describes something else than a comparison"
            let folder = lists.folder.path
            #expect(throws: StudyError.output(folder, reason)) { try comparison.write(to: lists.path("")) }
            #expect(try names(folder) == ["a.csv", "datapackage.json"])
            #expect(try lists.files("")["datapackage.json"] == text)
        }
    }
}
