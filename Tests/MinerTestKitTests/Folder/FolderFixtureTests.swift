import Foundation
import MinerTestKit
import PackageMining
import Testing

@Suite("A fixture that is a folder")
struct FolderFixtureTests {
    @Test(
        "A fixture that is a folder answers what was recorded, by path and query, with its status and its header fields"
    )
    func recorded() throws {
        let fixture = try fixture([
            "expected.csv":
                "Package ID,Platform,Name,Homepage,Repository\n1,X,a,nan,https://g.test/a\n2,X,nan,https://h.test,\n",
            "listing/pages?number=1&of=2": "{name} as it was", "listing/pages/{index}": "folder",
            "listing/é.json": "{}",
            "look-up/a": "a", "look-up/gone.head": "410\n", "look-up-links/a/links.head": "X-One: 1\nRetry-After: 7\n",
            "look-up-links/a/links": "links", "README.md": "for people",
        ])
        #expect(fixture.told("/pages?number=1&of=2") == "200 {name} as it was")
        #expect(fixture.told("/pages?of=2&number=%31") == "200 {name} as it was")
        #expect(fixture.told("/pages/") == "200 folder")
        #expect(fixture.told("/%C3%A9.json") == "200 {}")
        #expect(fixture.told("/gone") == "410 ")
        #expect(fixture.told("/a/links") == "200 links")
        #expect(
            fixture.answer("/a/links").headers.map { "\($0.name): \($0.value)" } == [
                "Content-Type: text/plain", "X-One: 1", "Retry-After: 7",
            ])
        for other in [
            "/pages?number=1", "/pages?number=2&of=2", "/pages", "/", "/README.md", "/expected.csv", "/../a",
            "/e%CC%81.json",
        ] {
            #expect(fixture.told(other) == "404 not in the fixture's folder", "\(other)")
        }
        #expect(fixture.kind("/pages/") == .listing)
        #expect(fixture.kind("/gone") == .lookUp())
        #expect(fixture.kind("/a/links") == .lookUp("links"))
        #expect(
            fixture.expected == [
                ExpectedRow("a", repository: "https://g.test/a"), ExpectedRow("nan", homepage: "https://h.test"),
            ])
    }

    @Test("promises nothing but what it has recorded")
    func recordedAlone() throws {
        let fixture = try fixture(["expected.csv": "Name\na\n", "listing/a": "a"])
        #expect(fixture.pageSizes == [])
        #expect(!fixture.add(names: ["b"]) && !fixture.add(rawNames: [[0xFF]]) && !fixture.repeatEntries(2))
        #expect(!fixture.shrink(to: 0) && !fixture.remove("a") && !fixture.change("a") && !fixture.addUnreadableEntry())
        #expect(fixture.emptyPage(for: LoopbackRequest(target: "/a")) == nil)
        fixture.grow()
        #expect(fixture.expected == [ExpectedRow("a")])
    }

    @Test("A fixture that is a folder has grown by what lies in its folder later, and shrinks to what it has for that")
    func laterAndShrunk() throws {
        let fixture = try fixture([
            "expected.csv": "Name,Outcome\na,gone\n", "listing/list": "a", "look-up/a": "of a",
            "later/expected.csv": "Name\na\nb\n", "later/listing/list": "a b", "later/look-up/b": "of b",
            "shrunk/listing/list": "nothing",
        ])
        #expect(fixture.expected == [ExpectedRow("a", outcome: .gone)])
        fixture.grow()
        #expect(fixture.told("/list") == "200 a b")
        #expect(fixture.told("/a") == "200 of a")
        #expect(fixture.told("/b") == "200 of b")
        #expect(fixture.expected.map(\.name) == ["a", "b"])
        #expect(fixture.shrink(to: 0))
        #expect(fixture.told("/list") == "200 nothing")
        #expect(fixture.shrink(to: nil))
        #expect(fixture.told("/list") == "200 a b")
    }

    @Test(
        "A fixture that is a folder serves again only what has changed, and the rest of what broke off, where the answer's head says so"
    )
    func conditions() throws {
        let fixture = try fixture([
            "expected.csv": "Name\na\n", "listing/dump": "0123456789",
            "listing/dump.head": "ETag: \"{digest}\"\nAccept-Ranges: bytes\n", "listing/dated": "old",
            "listing/dated.head": "Last-Modified: Thu, 26 Nov 2026 00:00:00 GMT\n",
        ])
        let tag = try #require(fixture.answer("/dump").headers.first { $0.name == "ETag" }?.value)
        #expect(tag == "\"84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882\"")
        #expect(fixture.told("/dump", ["If-None-Match": tag]) == "304 ")
        #expect(fixture.told("/dump", ["If-None-Match": "\"other\""]) == "200 0123456789")
        #expect(fixture.told("/dated", ["If-Modified-Since": "Thu, 26 Nov 2026 00:00:00 GMT"]) == "304 ")
        #expect(fixture.told("/dated", ["If-Modified-Since": "Wed, 25 Nov 2026 00:00:00 GMT"]) == "200 old")
        #expect(fixture.told("/dump", ["Range": "bytes=7-"]) == "206 789")
        #expect(fixture.told("/dump", ["Range": "bytes=7-", "If-Range": "\"other\""]) == "200 0123456789")
        #expect(fixture.told("/dump", ["Range": "bytes=10-"]) == "200 0123456789")
    }

    @Test("A fixture that is a folder packs what the name says is packed, and folders that are named as archives")
    func archives() throws {
        let fixture = try fixture([
            "packages.csv": "name,version\na,1\nb,2\na,3\n", "listing/all.csv.gz": "name\n{each}{name:csv}\n{/each}",
            "listing/dump.tar.gz/list": "{count}", "listing/dump.tar.gz/{name}/versions": "{each,}{version}{/each}",
        ])
        #expect(inflated(fixture.answer("/all.csv.gz").body).bytes == Array("name\na\nb\na\n".utf8))
        var archive = TarWriter()
        archive.addFile("list", Array("3".utf8))
        archive.addFile("a/versions", Array("1,3".utf8))
        archive.addFile("b/versions", Array("2".utf8))
        archive.end()
        #expect(inflated(fixture.answer("/dump.tar.gz").body).bytes == archive.bytes)
    }

    @Test(
        "A fixture that is a folder says what is wrong with its folder",
        arguments: [
            ([:], "has no folder listing with a file in it"),
            (["listing/a": "a"], "has neither expected.csv nor packages.csv"),
            (["listing/a": "a", "packages.csv": "id\n1\n"], "packages.csv has no column name"),
            (
                ["listing/a": "a", "packages.csv": "name,page\nx,1\n"],
                "packages.csv has a column page, which is a word with another meaning"
            ),
            (["listing/a": "a", "packages.csv": "name,b\nx\n"], "packages.csv, row 2 has 1 fields, and its header 2"),
            (["listing/p/a": "{each}", "packages.csv": "name\nx\n"], "p/a: {each} has no {/each}"),
            (["listing/a": "{each}{/more}", "packages.csv": "name\nx\n"], "a: {/more} ends what was not begun"),
            (
                ["listing/a.head": "none", "expected.csv": "Name\n"],
                "a: \"none\" is neither a status nor a header field"
            ),
            (["listing/a": "a", "expected.csv": "name\n"], "expected.csv has no column Name"),
        ] as [([String: String], String)])
    func flaws(files: [String: String], reason: String) throws {
        let error = #expect(throws: FixtureFolderError.self) { try fixture(files) }
        #expect(error?.description.hasSuffix(reason) == true, "\(error?.description ?? "")")
    }
}
