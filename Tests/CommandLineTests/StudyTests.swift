import ContentDigest
import Foundation
import GoRegistryFixture
import MachineTools
import MinerTestKit
import PackageMining
import Testing

/// The part of a report's numbers that is about growth.
private struct Numbers: Decodable {
    struct Growth: Decodable, Equatable {
        struct Month: Decodable, Equatable {
            let month: String
            let packages: Int
        }
        let ecosystem: String
        let months: [Month]
    }
    let growth: [Growth]

    init(_ folder: Scratch) throws {
        self = try JSONDecoder().decode(Numbers.self, from: Data(folder.text("report.json").utf8))
    }
}

@Suite("Studies, as commands")
struct StudyTests {
    private static let header = "Package ID,Platform,Name,Homepage,Repository\n"

    /// Three modules in four months; in one month nothing new appeared.
    private static let index = [
        ("example.org/a", "v1.0.0", "2019-11-30T23:59:59.999999Z"), ("example.org/b", "v1.0.0", "2019-12-01T00:00:00Z"),
        ("example.org/a", "v1.1.0", "2020-01-05T00:00:00Z"), ("example.org/c", "v1.0.0", "2020-02-29T12:00:00.5Z"),
    ]

    private func mined(_ body: (Scratch, GoService) async throws -> Void) async throws {
        let source = try Scratch()
        let lines = Self.index.map { #"{"Path":"\#($0)","Version":"\#($1)","Timestamp":"\#($2)"}"# + "\n" }
        try lines.joined().write(to: source.url.appending(path: "index.ndjson"), atomically: true, encoding: .utf8)
        for name in ["proxy.ndjson", "expected.ndjson"] { try Data().write(to: source.url.appending(path: name)) }
        try await GoRegistry.fixture(at: source.url).serve { service in
            let folder = try Scratch()
            try await service.mine(folder, ["--no-resolve"])
            try await body(folder, service)
        }
    }

    private func report(_ lists: [String], in folder: Scratch) async throws -> Tool.Outcome {
        let outcome = try await Tool.pkgmine.run(["report"] + lists, in: folder.url)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome
    }

    @Test("a report tells growth from the state beside a list, month by month, and leaves the state as it was")
    func growth() async throws {
        try await mined { folder, _ in
            let state = folder.url.appending(path: ".pkgmine/go.sqlite")
            let before = try Data(contentsOf: state)
            _ = try await report(["Go.csv"], in: folder)
            let growth = try Numbers(folder).growth
            #expect(growth.map(\.ecosystem) == ["Go"])
            #expect(growth.first?.months.map(\.month) == ["2019-11", "2019-12", "2020-01", "2020-02"])
            #expect(growth.first?.months.map(\.packages) == [1, 2, 2, 3])
            #expect(try folder.text("report.html").contains("Packages that had appeared by the end of each month"))
            #expect(try Data(contentsOf: state) == before)
        }
    }

    @Test("a report tells how look-ups ended, as the data package beside the list counts them")
    func lookUps() async throws {
        let folder = try Scratch()
        let files = [
            ("Go.csv", Self.header + "1,Go,example.org/a,nan,nan\n"),
            (
                "datapackage.json",
                #"{"resources":[{"path":"Go.csv","pkgmine":{"isWhole":true,"retries":1,"outcomes":{"gone":1,"resolved":3,"<b>":2}}}]}"#
            ),
        ]
        for (name, text) in files {
            try text.write(to: folder.url.appending(path: name), atomically: true, encoding: .utf8)
        }
        _ = try await report(["Go.csv"], in: folder)
        let page = try folder.text("report.html")
        #expect(page.contains("<desc id=\"lookups-desc\">Go.csv: resolved 3, gone 1, other 2</desc>"))
        #expect(
            page.contains(
                "href=\"data:text/csv;charset=utf-8,List%2Cresolved%2Cgone%2Cother%0AGo%2Ecsv%2C3%2C1%2C2%0A\""))
        #expect(!page.contains("<b>"))
        let json = try folder.text("report.json")
        #expect(json.contains(#""name" : "pkgmine · isWhole",\#n          "value" : "true""#), "\(json)")
        #expect(json.contains(#""name" : "pkgmine · retries",\#n          "value" : "1""#))
    }

    @Test("a list that the state did not publish has no growth")
    func otherList() async throws {
        try await mined { folder, _ in
            let copy = try folder.text("Go.csv")
            try copy.write(to: folder.url.appending(path: "Old.csv"), atomically: true, encoding: .utf8)
            _ = try await report(["Old.csv"], in: folder)
            #expect(try Numbers(folder).growth.isEmpty)
            let both = try await report(["Go.csv", "Old.csv"], in: folder)
            #expect(try Numbers(folder).growth.isEmpty)
            let note =
                "growth of Go is left out: the lists hold 6 packages, and the states beside them tell when 3 appeared"
            #expect(both.errors.contains(note), "\(both.errors)")
        }
    }

    @Test("a damaged state leaves the growth out and says why; the report stands")
    func damagedState() async throws {
        try await mined { folder, _ in
            try Data("no database".utf8).write(to: folder.url.appending(path: ".pkgmine/go.sqlite"))
            let outcome = try await report(["Go.csv"], in: folder)
            #expect(try Numbers(folder).growth.isEmpty)
            #expect(
                outcome.errors.contains("growth of Go is left out:\n  the state cannot be read\n"), "\(outcome.errors)")
        }
    }

    @Test("growth is that of the published list while a fresh start is under way")
    func openRun() async throws {
        try await mined { folder, service in
            let stopped = try await Tool.pkgmine.run(
                ["go", "-o", folder.path, "--fresh", "--progress", "none", "--index-url", service.indexURL + "x"])
            #expect(stopped.status == 1)
            _ = try await report(["Go.csv"], in: folder)
            #expect(try Numbers(folder).growth.first?.months.map(\.packages) == [1, 2, 2, 3])
        }
    }

    @Test("the data package of a comparison names each file with its SHA-256")
    func digests() async throws {
        let folder = try await compared([])
        struct Package: Decodable {
            struct Resource: Decodable {
                let name: String
                let path: String
                let hash: String
                let bytes: Int
            }
            let resources: [Resource]
        }
        let resources = try JSONDecoder().decode(Package.self, from: Data(folder.text("out/datapackage.json").utf8))
            .resources
        #expect(resources.map(\.path).contains("2-ecosystems/A+B-C.csv"))
        #expect(Set(resources.map(\.name)).count == resources.count)
        for resource in resources {
            let bytes = Array(try folder.text("out/\(resource.path)").utf8)
            #expect(resource.bytes == bytes.count)
            #expect(resource.hash == "sha256:\(try Digest.hex(of: bytes, by: .sha256))")
        }
    }

    @Test(
        "frictionless validates a comparison",
        .enabled(if: pythonHas("frictionless"), "needs the Python package frictionless"),
        arguments: [[], ["--wide"], ["--inferred"], ["--match", "name"]])
    func frictionless(_ options: [String]) async throws {
        let folder = try await compared(options)
        let outcome = try await frictionlessReport(of: folder.url.appending(path: "out"))
        #expect(outcome.output.hasPrefix("True "), "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.hasSuffix(" []\n"))
    }

    /// A comparison of lists with what is hard on readers: commas, quotes, line breaks, a package called `nan`, and
    /// combinations whose names fold to one.
    private func compared(_ options: [String]) async throws -> Scratch {
        let folder = try Scratch()
        let rows = [
            "1,A,\"one, \"\"1\"\"\",nan,https://github.com/o/one", "1,B-C,nan,,git@github.com:O/one.git",
            "1,A-B,\"li\nne\",nan,https://github.com/o/two", "1,C,é,nan,git+https://github.com/o/two.git",
            "2,C,é,nan,UNKNOWN", "2,A,é,https://o.github.io/three,\"not, an address\"",
        ]
        try (Self.header + rows.joined(separator: "\n") + "\n")
            .write(to: folder.url.appending(path: "all.csv"), atomically: true, encoding: .utf8)
        let outcome = try await Tool.pkgmine.run(
            ["compare", "all.csv", "--output-dir", "out"] + options, in: folder.url)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return folder
    }
}
