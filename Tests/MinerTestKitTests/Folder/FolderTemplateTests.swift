import MinerTestKit
import PackageMining
import Testing

@Suite("A fixture's table and templates")
struct FolderTemplateTests {
    private static let table = "name,home,score\nc,,30\na,\"x \"\"y\"\"\",200\nb,<&>,4\n"

    @Test("A fixture's table and templates write values as the format wants them")
    func forms() throws {
        let fixture = try fixture([
            "packages.csv": Self.table,
            "listing/json": "[{each,}{\"n\":{name:json},\"h\":{home:json}}{/each}]{unknown}{}",
            "listing/xml": "{each}<p>{home:xml}</p>{/each}", "listing/copy": "{each}{number}\t{home:copy}\n{/each}",
            "listing/csv": "{each}{home:csv}\n{/each}", "listing/url": "{each}/{home:url}{/each}",
        ])
        #expect(
            fixture.told("/json")
                == #"200 [{"n":"c","h":null},{"n":"a","h":"x \"y\""},{"n":"b","h":"<&>"}]{unknown}{}"#)
        #expect(fixture.told("/xml") == "200 <p></p><p>x &quot;y&quot;</p><p>&lt;&amp;&gt;</p>")
        #expect(fixture.told("/copy") == "200 1\t\\N\n2\tx \"y\"\n3\t<&>\n")
        #expect(fixture.told("/csv") == "200 \n\"x \"\"y\"\"\"\n<&>\n")
        #expect(fixture.told("/url") == "200 //x%20%22y%22/%3C%26%3E")
    }

    @Test(
        "A fixture's table and templates have pages by number, by rows passed over, and behind or at a value, of any size, and say where the next is"
    )
    func pages() throws {
        let row = "{each,}{name}{/each}{more} {next}{/more}"
        let fixture = try fixture([
            "packages.csv": Self.table, "listing/n?page={page}": row, "listing/z/{page0}.json": row,
            "listing/s?skip={skip}&limit={limit}": row, "listing/a?search=behind:{after:score}": row,
            "listing/f?startkey=\"{from:name}\"": row,
            "listing/index": "{pages,}{base}/n?page={page} {page0} {name}{/pages} of {count}",
        ])
        fixture.setPageSize(2)
        #expect(
            ["/n", "/n?page=1", "/n?page=2", "/n?page=3"].map { fixture.told($0) } == [
                "200 c,a 2", "200 c,a 2", "200 b", "200 ",
            ])
        #expect(["/z/0.json", "/z/1.json"].map { fixture.told($0) } == ["200 c,a 1", "200 b"])
        #expect(
            ["/s", "/s?skip=1&limit=1", "/s?limit=9&skip=1"].map { fixture.told($0) } == [
                "200 c,a 2", "200 a 2", "200 a,b",
            ])
        #expect(
            ["/a", "/a?search=behind:4", "/a?search=behind:200"].map { fixture.told($0) } == [
                "200 b,c 30", "200 c,a", "200 ",
            ])
        #expect(["/f", "/f?startkey=%22b%22"].map { fixture.told($0) } == ["200 a,b c", "200 b,c"])
        #expect(fixture.told("/index") == "200 http://host.test/n?page=1 0 a,http://host.test/n?page=2 1 b of 3")
        for other in [
            "/n?page=x", "/n?page=-1", "/n?page=1&more=2", "/z/x.json", "/z/", "/a?search=4", "/s?skip=1&limit=x",
        ] {
            #expect(fixture.told(other) == "404 not in the fixture's folder", "\(other)")
        }
        #expect(fixture.pageSizes == [1, 2, 3] && !fixture.isListedWhole && !fixture.repeatEntries(2))
        #expect(fixture.emptyPage(for: LoopbackRequest(target: "/n")) == nil)
        #expect(fixture.shortPage(of: 1, for: LoopbackRequest(target: "/n")) == nil)
    }

    @Test(
        "A fixture's table and templates have numbered pages from a value on, and times in the order of the rows' numbers"
    )
    func pagesFromValue() throws {
        let fixture = try fixture([
            "packages.csv": "name,at\nc,2025-03\na,2025-02\nb,2025-02\n*,{number:time}\n",
            "listing/k?since={from:at}&page={page}": "{each,}{name} {at}{/each}",
        ])
        fixture.setPageSize(2)
        let requests = ["/k", "/k?since=2025-02&page=1", "/k?since=2025-02&page=2", "/k?page=2&since=2025-03"]
        let pages = ["200 a 2025-02,b 2025-02", "200 a 2025-02,b 2025-02", "200 c 2025-03", "200 "]
        #expect(requests.map { fixture.told($0) } == pages)
        #expect(fixture.shortPage(of: 1, for: LoopbackRequest(target: requests[1])) == nil)
        #expect(fixture.add(names: ["d"]))
        #expect(fixture.told("/k?since=2026&page=1") == "200 d 2026-01-01T00:00:04Z")
    }

    @Test(
        "A fixture's table and templates have a document for each package, filled from its last row, with all of them to go over"
    )
    func documents() throws {
        let fixture = try fixture([
            "packages.csv": "name,version,repository\na/b,1,https://g.test/1\nc,1,\na/b,2,https://g.test/2\n",
            "listing/all": "{each} {name}{/each}",
            "look-up/p/{name}.json": "{version} of {each,}{version}{/each}, {count}",
            "look-up-version/p/{name}/{version}": "{repository}", "look-up/p/c.json": "by hand",
        ])
        #expect(fixture.told("/p/a%2Fb.json") == "200 2 of 1,2, 2")
        #expect(fixture.told("/p/a/b.json") == "200 2 of 1,2, 2")
        #expect(fixture.told("/p/c.json") == "200 by hand")
        #expect(fixture.told("/p/a%2Fb/1") == "200 https://g.test/1")
        #expect(fixture.told("/p/d.json") == "404 not in the fixture's folder")
        #expect(fixture.kind("/p/a%2Fb/1") == .lookUp("version"))
        #expect(fixture.kind("/p/unknown") == .lookUp())
        #expect(fixture.expected == [ExpectedRow("a/b", repository: "https://g.test/2"), ExpectedRow("c")])
    }

    @Test(
        "A fixture's table and templates take packages of any name by the sample, and know which of them no URL can ask for"
    )
    func names() throws {
        let fixture = try fixture(
            [
                "packages.csv":
                    "name,homepage,repository\nb,,\na,,\n*,https://h.test/{number},https://g.test/{number}\n",
                "listing/all": "[{each,}{name:json} {homepage:json}{/each}]", "look-up/p/{name}": "{repository}",
            ], isOrderedByName: true)
        #expect(fixture.add(names: ["..", "e\u{301}", "é", "refused"]) && fixture.add(rawNames: [[0xE9]]))
        fixture.grow()
        #expect(fixture.told("/p/%C3%A9") == "200 https://g.test/5")
        #expect(fixture.told("/p/e%CC%81") == "200 https://g.test/4")
        #expect(
            fixture.expected.map { "\($0.name) \($0.homepage ?? "-") \($0.repository ?? "-")" } == [
                ".. https://h.test/3 -", "a - -", "b - -", "e\u{301} https://h.test/4 https://g.test/4",
                "é https://h.test/5 https://g.test/5", "new-1 https://h.test/7 https://g.test/7",
                "new-2 https://h.test/8 https://g.test/8", "new-3 https://h.test/9 https://g.test/9",
            ])
        #expect(fixture.expected.first?.outcome == .invalidName)
        #expect(fixture.answer("/all").body.split(separator: 0x22)[17].elementsEqual([0xE9]))
        #expect(fixture.shrink(to: 1) && fixture.told("/all") == "200 [\"new-3\" \"https://h.test/9\"]")
        #expect(fixture.shrink(to: 0) && fixture.told("/all") == "200 []")
    }

    @Test("A fixture's table and templates take packages back, tell of changed ones, and of entries without a name")
    func changes() throws {
        let fixture = try fixture([
            "packages.csv": """
            name,version,homepage
            a,1,https://h.test/a
            b,1,
            **,2,https://new.test/{name}
            !,3,

            """, "listing/all": "{each,}{name} {version}{/each}",
        ])
        #expect(fixture.remove("a") && fixture.change("b") && fixture.addUnreadableEntry())
        #expect(fixture.told("/all") == "200 b 2, 3")
        #expect(
            fixture.expected == [
                ExpectedRow("a", outcome: .withdrawn), ExpectedRow("b", homepage: "https://new.test/b"),
            ]
        )
        #expect(!fixture.add(names: ["c"]))
    }

    @Test(
        "A fixture's table and templates tell of each package many times over in pages, and say nothing in an empty one"
    )
    func repetition() throws {
        let fixture = try fixture([
            "packages.csv": "name\na\nb\n", "listing/all?after={after:number}": "[{each,}{number}{name}{/each}]",
        ])
        #expect(fixture.repeatEntries(1_000))
        fixture.setPageSize(3)
        #expect(
            ["/all", "/all?after=3", "/all?after=1999"].map { fixture.told($0) } == [
                "200 [1a,2b,3a]", "200 [4b,5a,6b]", "200 [2000b]",
            ])
        #expect(fixture.emptyPage(for: LoopbackRequest(target: "/all")).map(\.text) == "200 []")
        #expect(fixture.shortPage(of: 2, for: LoopbackRequest(target: "/all?after=3")).map(\.text) == "200 [4b,5a]")
        #expect(!fixture.remove("a") && !fixture.change("a") && !fixture.addUnreadableEntry())
        #expect(fixture.expected.map(\.name) == ["a", "b"])
    }

    @Test(
        "A fixture's table and templates have pages that lead to the next one, each of any length, and are told whole again without what has gone"
    )
    func pagesOfSnapshot() throws {
        let row = "{each,}{number}{name}{/each} of {count:once}{more} to {next}{/more}"
        let fixture = try fixture(
            ["packages.csv": "name\na\nb\nc\nd\n", "listing/all?after={after:number}": row], isListedWhole: true)
        fixture.setPageSize(2)
        let short = fixture.shortPage(of: 1, for: LoopbackRequest(target: "/all?after=1"))
        #expect(short.map(\.text) == "200 2b of 4 to 2")
        #expect(fixture.remove("b") && fixture.isListedWhole)
        #expect(
            ["/all", "/all?after=1", "/all?after=2", "/all?after=3"].map { fixture.told($0) } == [
                "200 1a,3c of 3 to 3", "200 3c,4d of 3", "200 3c,4d of 3", "200 4d of 3",
            ])
        #expect(fixture.repeatEntries(2) && fixture.told("/all?after=3") == "200 4d,5a of 3 to 5")
        #expect(fixture.shrink(to: 1) && fixture.told("/all") == "200 4d,8d of 1")
    }

    @Test("A fixture's table and templates name a file by its checksum, and tell it elsewhere")
    func checksums() throws {
        let fixture = try fixture([
            "packages.csv": "name\nab\n*\n", "listing/index": "{sha256:primary} {size:primary}{size:other}",
            "listing/{sha256:primary}-primary": "{each}{name}{/each}",
        ])
        let sum = "fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603"
        #expect(fixture.told("/index") == "200 \(sum) 2")
        #expect(fixture.told("/\(sum)-primary") == "200 ab")
        #expect(fixture.add(names: ["c"]))
        #expect(fixture.told("/\(sum)-primary") == "404 not in the fixture's folder")
    }
}
