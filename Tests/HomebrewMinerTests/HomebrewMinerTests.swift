import Foundation
import HomebrewMiner
import MinerHarness
import PackageMining
import Testing

/// What the registry does not say aloud: a test each.
@Suite("Homebrew, in detail")
struct HomebrewMinerTests {
    private static let formulae = "https://brew.test/api/formula.json"
    private static let casks = "https://brew.test/api/cask.json"
    private let session = StubSession(chunkSize: 100)
    private let miner = HomebrewMiner(.formulae, apiURL: "https://brew.test/api/")
    private let caskMiner = HomebrewMiner(.casks, apiURL: "https://brew.test/api")

    private func set(_ formulae: String) { session.set(Self.formulae, Array(formulae.utf8)) }

    @Test("A repository is a HEAD or a checkout, and neither an archive nor a homepage; every name stays as it is")
    func formulae() async throws {
        session.set(Self.formulae, try Places.fixture("homebrew/oddities/formula.json"))
        let folder = try MinedFolder()
        #expect(
            try await folder.run(miner, through: session) == [
                "1 abook https://abook.test/ https://git.test/abook",
                "2 archived https://github.com/u/archived nan",
                "3 authenticator https://auth.test/ https://github.com/u/authenticator.git",
                "4 by-revision https://svn.test/ https://svn.test/trunk",
                "5 cafe\u{301} https://two.test/ nan",
                "6 caf\u{e9} https://one.test/ nan",
                "7 gtk+ https://gtk.test/ nan",
                "8 gtk+3 https://gtk.test/3 nan",
                "9 gtk_3 https://other.test/ nan",
                "10 head-archive https://snap.test/ https://git.test/snap.git",
                "11 head-only https://head.test/ hg::https://hg.test/head-only",
                "12 no-links nan nan",
                "13 null-links nan nan",
                "14 old-file https://old.test/ nan",
                "15 python@3.14 https://python.test/ https://github.com/python/cpython.git",
            ])
        #expect(try folder.problems(of: miner) == nil)
    }

    @Test("Casks are listed by their tokens, with no repository, whatever they are downloaded from")
    func casks() async throws {
        session.set(Self.casks, try Places.fixture("homebrew-cask/oddities/cask.json"))
        #expect(
            try await MinedFolder().run(caskMiner, through: session) == [
                "1 0-ad https://play.test/ nan", "2 docker https://docker.test/ nan", "3 everything nan nan",
            ])
    }

    @Test("A formula and a cask of one name are two packages, on two lists of two platforms")
    func sharedName() async throws {
        set(#"[{"name":"docker","homepage":"https://formula.test/"}]"#)
        session.set(Self.casks, Array(#"[{"token":"docker","homepage":"https://cask.test/"}]"#.utf8))
        let folder = try MinedFolder()
        _ = try await folder.run(miner, through: session)
        _ = try await folder.run(caskMiner, through: session)
        #expect(try folder.text("Homebrew.csv").hasSuffix("\n1,Homebrew,docker,https://formula.test/,nan\n"))
        #expect(try folder.text("Homebrew-Cask.csv").hasSuffix("\n1,Homebrew Cask,docker,https://cask.test/,nan\n"))
    }

    @Test("The version is the stable one, else HEAD, and a formula without any is listed too")
    func versions() async throws {
        set(
            #"[{"name":"a","versions":{"stable":"1","head":"HEAD"}},"#
                + #"{"name":"b","versions":{"stable":null,"head":"HEAD"}},{"name":"c"}]"#)
        let run = StoredRun(miner)
        try await run.list(through: session)
        #expect(try await run.newest.map(\.release.version) == ["1", "HEAD", ""])
    }

    @Test("An entry that cannot be read is named, and costs none of those beside it")
    func unreadable() async throws {
        set(#"[{"name":"a"},12,{"full_name":"b"},{"name":""},{"name":7},{"name":"z"}]"#)
        let run = StoredRun(miner)
        try await run.list(through: session)
        #expect(try await run.newest.map(\.name) == ["a", "z"])
        let problems = try await run.problems
        #expect(problems.map(\.subject) == (1...4).map { "\(Self.formulae), element \($0) of the document" })
        let entries = ["12", #"{"full_name":"b"}"#, #"{"name":""}"#, #"{"name":7}"#]
        #expect(problems.map(\.detail) == entries.map { "it has no text at '/name': \($0)" })
    }

    @Test(
        "An answer that is no whole list is refused, and the list from before stays",
        arguments: [
            ("<!DOCTYPE html><html>Sorry</html>", "it is no array and no object"),
            (#"[{"name":"a"},{"name":"b"}"#, "the document is cut off"),
            (#"[{"name":"a"},"#, "the document is cut off"),
            ("", "the document is cut off"),
            (#"{"message":"Not Found"}"#, "it is an object, and no array"),
            (#"{"payload":"[]","signatures":[{"header":{"kid":"homebrew-1"}}]}"#, "it is an object, and no array"),
            ("{}", "it is an object, and no array"),
            ("null", "it is no array and no object"),
        ])
    func isNoList(body: String, reason: String) async throws {
        let folder = try MinedFolder()
        set(#"[{"name":"a"},{"name":"b"},{"name":"c"}]"#)
        let rows = ["1 a nan nan", "2 b nan nan", "3 c nan nan"]
        #expect(try await folder.run(miner, through: session) == rows)
        set(body)
        let error = try await #require(throws: WireError.self) { _ = try await folder.run(miner, through: session) }
        #expect(error.category == .malformed && error.url == Self.formulae)
        #expect(error.reason.contains(reason), "\(error.reason)")
        #expect(try folder.text("Homebrew.csv").split(separator: "\n").count == 4)
    }

    @Test("A list that is as it was is asked for once more with its ETag, and not read again")
    func update() async throws {
        let etag = [Header("ETag", "\"1\"")]
        session.set(Self.formulae, Array(#"[{"name":"a"},{"name":"b"}]"#.utf8), headers: etag)
        let folder = try MinedFolder()
        for _ in 1...2 { #expect(try await folder.run(miner, through: session) == ["1 a nan nan", "2 b nan nan"]) }
        #expect(session.known.map(\.etag) == ["\"1\""])
        set(#"[{"name":"b"},{"name":"0"},{"name":"a"}]"#)
        #expect(try await folder.run(miner, through: session) == ["1 a nan nan", "2 b nan nan", "3 0 nan nan"])
    }

    @Test(
        "Entries that the site served are read as they are",
        .enabled(if: Places.realData != nil, "needs the recorded entries of formulae.brew.sh"))
    func recorded() async throws {
        session.set(Self.formulae, try Places.real("homebrew/formula-6.json"))
        session.set(Self.casks, try Places.real("homebrew/cask-3.json"))
        #expect(
            try await MinedFolder().run(miner, through: session) == [
                "1 abook https://abook.sourceforge.io/ nan",
                "2 adamstark-audiofile https://github.com/adamstark/AudioFile nan",
                "3 aerc https://aerc-mail.org/ nan",
                "4 afsctool https://brkirch.wordpress.com/afsctool/ nan",
                "5 aws-iam-authenticator https://github.com/kubernetes-sigs/aws-iam-authenticator "
                    + "https://github.com/kubernetes-sigs/aws-iam-authenticator.git",
                "6 gtk+ https://gtk.org/ nan",
            ])
        #expect(
            try await MinedFolder().run(caskMiner, through: session) == [
                "1 0-ad https://play0ad.com/ nan", "2 86box https://86box.net/ nan",
                "3 everything https://www.everything.app/ nan",
            ])
    }
}
