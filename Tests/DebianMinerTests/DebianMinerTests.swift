import DebianMiner
import Foundation
import MinerHarness
import MinerTestKit
import PackageMining
import Testing

/// What an archive does not say aloud: a test each.
@Suite("Debian, in detail")
struct DebianMinerTests {
    private var archive = DebianArchive()

    @Test("Every component that the suite names is listed, and where some are asked for, those alone")
    func components() async throws {
        let names = ["contrib", "main", "non-free", "non-free-firmware"]
        try archive.publish(Dictionary(uniqueKeysWithValues: names.map { ($0, source("of-\($0)")) }))
        let rows = ["contrib", "main", "non-free", "non-free-firmware"].enumerated()
            .map { "\($0 + 1) of-\($1) nan nan" }
        #expect(try await archive.rows() == rows)
        #expect(try await archive.rows(["non-free", "main"]) == ["1 of-main nan nan", "2 of-non-free nan nan"])
    }

    @Test("The security archive's component updates/main lies in main, and is found by either name")
    func security() async throws {
        let packed = gzip(Array(source("a").utf8))
        let lines = [" \(try DebianArchive.sha256(packed)) \(packed.count) main/source/Sources.xz"]
        archive.session.set(archive.address("main/source/Sources.xz"), packed)
        try archive.publish(index: lines, of: ["updates/main"])
        for asked in [[], ["main"], ["updates/main"]] { #expect(try await archive.rows(asked) == ["1 a nan nan"]) }
    }

    @Test(
        "A component that the suite lacks, or of which it has no Sources, is a gap with a name; where none is left, an error"
    )
    func lacks() async throws {
        try archive.publish(["main": source("a")])
        let folder = try MinedFolder()
        let miner = archive.miner(["stable"], ["main", "universe"])
        #expect(try await folder.run(miner, through: archive.session) == ["1 a nan nan"])
        #expect(
            try folder.problems(of: miner)
                == "gap,universe of \(archive.address("InRelease")),it has no Sources; the suite's components: main"
        )
        try archive.publish(
            index: [" \(String(repeating: "0", count: 64)) 9 main/binary-amd64/Packages.xz"], of: ["main"])
        let error = try await #require(throws: WireError.self) { _ = try await archive.rows() }
        #expect(error.reason == "it has Sources of no component that is asked for")
        #expect(!error.isWorthRetrying)
    }

    @Test(
        "Of several stanzas of one source the highest version counts, among those that are Extra-Source-Only only where all are",
        arguments: [
            (["1:1.0-1", "2.0-1"], "1:1.0-1"), (["1.0~rc1-1", "1.0-1", "0.9-2"], "1.0-1"),
            (["1.9-1", "1.10-1"], "1.10-1"),
            (["3.0-1 extra", "1.0-1", "2.0-1"], "2.0-1"),
            (["1.0-1 extra", "3.0-1 extra", "2.0-1 extra"], "3.0-1 extra"),
        ])
    func highest(versions: [String], counts: String) async throws {
        for order in [versions, versions.reversed()] {
            let stanzas = order.map { told in
                let words = told.split(separator: " ").map(String.init)
                let home = "Homepage: https://\(told.replacing(" ", with: "/"))"
                return words.count == 2
                    ? source("a", words[0], home, "Extra-Source-Only: yes") : source("a", words[0], home)
            }
            try archive.publish(["main": stanzas.joined() + source("b", "1", "Extra-Source-Only: no")])
            #expect(
                try await archive.rows() == ["1 a https://\(counts.replacing(" ", with: "/")) nan", "2 b nan nan"])
        }
    }

    @Test(
        "The repository is the whole value of the one Vcs field, and Vcs-Browser where that is all; the homepage is Homepage",
        arguments: [
            (
                "Vcs-Browser: https://b\nVcs-Git: https://g.git -b debian/latest [sub]",
                "nan https://g.git -b debian/latest [sub]"
            ),
            ("Vcs-Svn: svn://s/trunk\nVcs-Browser: https://b", "nan svn://s/trunk"),
            ("vcs-git: git@host:a/b.git\nHOMEPAGE: gopher://h/1", "gopher://h/1 git@host:a/b.git"),
            ("Vcs-Bzr: lp:x\nHomepage: ftp://h", "ftp://h lp:x"), ("Vcs-Hg: h", "nan h"), ("Vcs-Cvs: c", "nan c"),
            ("Vcs-Darcs: d", "nan d"), ("Vcs-Arch: a", "nan a"), ("Vcs-Mtn: m", "nan m"),
            ("Vcs-Browser: https://b", "nan https://b"),
            ("Vcs-Git:\nVcs-Browser: https://b\nHomepage: ", "nan https://b"),
            ("Debian-Vcs-Git: https://d\nXSBC-Original-Vcs-Git: https://x\nDgit: https://y", "nan nan"),
            ("Homepage: https://host:/empty-port", "https://host:/empty-port nan"),
        ])
    func links(fields: String, links: String) async throws {
        try archive.publish(["main": source("a", "1", fields)])
        #expect(try await archive.rows() == ["1 a \(links)"])
    }

    @Test("Fields that go on, comments, lines of blanks, and a last stanza without its blank line lose nothing")
    func layout() async throws {
        let text = """
            Package: a
            Version: 1
            Package-List:\u{20}
             a deb libs optional arch=any
             .
            # Package: none
            Description: b
             Package: inside
            \tHomepage: https://inside
            Homepage: https://a
             \t
            package: b
            VERSION: 2
            Homepage:
             https://b

            """
        try archive.publish(["main": text])
        #expect(try await archive.rows() == ["1 a https://a nan", "2 b https://b nan"])
    }

    @Test("A source that cannot be read is named, and those beside it stand")
    func unreadable() async throws {
        try archive.publish(["main": source("") + source("a") + "Package: no-version\n\n" + source("b\u{FFFD}")])
        let folder = try MinedFolder()
        #expect(try await folder.run(archive.miner(), through: archive.session) == ["1 a nan nan"])
        let url = archive.address("main/source/Sources.xz")
        #expect(
            try folder.problems(of: archive.miner()) == """
                unreadable,"\(url), stanza 1",a package without a name or a version
                unreadable,"\(url), stanza 3",a package without a name or a version
                unreadable,"\(url), stanza 4",a package whose name is no UTF-8
                """)
    }

    @Test("An archive whose components are all empty is an empty list")
    func empty() async throws {
        try archive.publish(["main": "", "contrib": ""])
        #expect(try await archive.rows().isEmpty)
    }

    @Test(
        "What is no index of a suite is none, and is asked for again",
        arguments: [
            "<html>", "Origin: x\n", DebianArchive.clearSigned("Origin: x\n\nSHA256:\n") + "Package: a\n",
            DebianArchive.clearSigned("Origin: x\n\nSHA256:\n"),
            String(DebianArchive.clearSigned("SHA256:\n").dropLast(9)),
        ])
    func noIndex(text: String) async throws {
        archive.session.set(archive.address("InRelease"), Array(text.utf8))
        let error = try await #require(throws: WireError.self) { _ = try await archive.rows() }
        #expect(error.category == .malformed && error.reason != "")
        #expect(error.reason.hasPrefix("no index of a suite: ") ? error.isWorthRetrying : !error.isWorthRetrying)
    }

    @Test("A component's name from the network leads nowhere else")
    func paths() async throws {
        let names = ["..", "../../x", "a/../../b", "a b", "", "%2e%2e", "main?x", "http://evil.test/main", "/main"]
        let hash = String(repeating: "0", count: 64)
        try archive.publish(index: names.map { " \(hash) 1 \($0)/source/Sources.xz" }, of: names)
        await #expect(throws: WireError.self) { _ = try await archive.rows() }
        #expect(archive.asked.allSatisfy { !$0.contains("..") && $0.hasPrefix("stable/") })
    }

    @Test("Several suites are one list, in which each source has its highest version")
    func suites() async throws {
        try archive.publish(["main": source("a", "1", "Homepage: https://old") + source("b")])
        try archive.publish(["main": source("a", "2", "Homepage: https://new")], suite: "stable-updates")
        let miner = archive.miner(["stable", "stable-updates"])
        let folder = try MinedFolder()
        for _ in 1...2 {
            #expect(try await folder.run(miner, through: archive.session) == ["1 a https://new nan", "2 b nan nan"])
        }
        #expect(archive.asked.filter { !$0.hasSuffix("InRelease") }.count == 2)
    }

    @Test("The list says of itself that the repository is the packaging's, and that no signature was verified")
    func manifest() async throws {
        try archive.publish(["main": source("a")])
        let folder = try MinedFolder()
        _ = try await folder.run(archive.miner(["stable"], ["main"]), through: archive.session)
        let manifest = try folder.text("datapackage.json")
        #expect(manifest.contains("\"repository\" : \"of the packaging\""))
        #expect(manifest.contains("\"suite\" : \"stable\"") && manifest.contains("\"component\" : \"main\""))
        #expect(manifest.contains("\"signature\" : \"not verified\""))
        #expect(manifest.contains("\"registryTime\" : \"2020-11-25T02:10:59Z\""))
    }
}
