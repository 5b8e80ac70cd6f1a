import Foundation
import MinerHarness
import RecordReaders
import RegistryDocuments
import RegistryJSON
import Testing

@Suite("Links by their labels")
struct LabelledLinksTests {
    private static let source = ["Source", "Repository", "Source Code", "GitHub"]

    private func links(_ json: String, none: [String] = []) throws -> LabelledLinks {
        LabelledLinks(try JSONValue(Array(json.utf8)), none: none)
    }

    @Test(
        "a label is read without punctuation, white space and case, as PEP 753 says",
        arguments: [
            ("Source Code", "sourcecode"), ("source_code_uri", "sourcecodeuri"), (" Home-Page\t", "homepage"),
            ("What's new?", "whatsnew"), ("Q & A", "qa"), ("Dépôt", "dépôt"), ("ИСХОДНЫЙ код", "исходныйкод"),
            ("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \t\n\r\u{B}\u{C}", ""), ("v2", "v2"), ("a\u{A0}b", "a\u{A0}b"),
            ("a\u{0}b", "a\u{0}b"),
        ])
    func normalises(label: String, normalised: String) {
        #expect(LabelledLinks.normalized(label).utf8.elementsEqual(normalised.utf8))
    }

    @Test("the first label of the stated order that has an address is taken, wherever it stands in the object")
    func order() throws {
        let object = #"{"github": "1", "Documentation": "2", "source code": "3", "REPOSITORY": "4", "Source": ""}"#
        #expect(try links(object).first(of: Self.source) == "4")
        #expect(try links(object).first(of: ["GitHub", "Repository"]) == "1")
        #expect(try links(object).first(of: ["Homepage"]) == nil)
        #expect(try links(object).first(of: []) == nil)
    }

    @Test("of labels that become one the first by its bytes is taken, whatever order the registry tells them in")
    func sameLabel() throws {
        for object in [#"{"Github":"b","GitHub":"a","github":"c"}"#, #"{"github":"c","GitHub":"a","Github":"b"}"#] {
            #expect(try links(object).first(of: ["GitHub"]) == "a")
            #expect(try links(object).links(of: "git hub").map(\.label) == ["GitHub", "Github", "github"])
        }
    }

    @Test("an address says nothing: not that it is a repository's, nor that it is none")
    func looks() throws {
        let object =
            #"{"GitHub":"https://gitlab.com/a/b.git","Sponsor":"https://github.com/sponsors/a","Home":"git@h:a/b"}"#
        #expect(try links(object).first(of: Self.source) == "https://gitlab.com/a/b.git")
        #expect(try links(#"{"Homepage":"https://github.com/a/b"}"#).first(of: Self.source) == nil)
    }

    @Test("what is no address is none: null, a number, nothing but white space, and the registry's own words")
    func none() throws {
        let object = #"{"Source":null,"Repository":7,"Source Code":" \n","GitHub":"UNKNOWN"}"#
        #expect(try links(object, none: ["UNKNOWN"]).first(of: Self.source) == nil)
        #expect(try links(object).first(of: Self.source) == "UNKNOWN")
        #expect(try links(#"{"GitHub":"unknown"}"#, none: ["UNKNOWN"]).first(of: Self.source) == "unknown")
        #expect(LabelledLinks(nil).links.isEmpty)
        #expect(try links("null").links.isEmpty)
        #expect(try links(#"["Source"]"#).links.isEmpty)
    }

    @Test("an address is trimmed of ASCII white space and nothing else")
    func trimmed() throws {
        #expect(
            try links(#"{"Source":" \t<https://x.test/ a>\u00a0\r\n"}"#).first(of: ["Source"])
                == "<https://x.test/ a>\u{A0}")
    }

    @Test("one label may have several addresses, of which the first is taken")
    func lists() throws {
        let record = try links(#"{"dev_url":[null,"","a","b"],"source_git_url":"c","home":"None"}"#, none: ["None"])
        #expect(record.first(of: ["dev_url", "source_git_url"]) == "a")
        #expect(record.links(of: "dev_url").map(\.address) == ["a", "b"])
        #expect(record.first(of: ["home"]) == nil)
    }

    @Test("a label counts as told though it stands for nothing")
    func tells() throws {
        let metadata = try #require(HStore(#""mailing_list_uri"=>NULL, "source_code_uri"=>"", "homepage_uri"=>" h ""#))
        let links = LabelledLinks(metadata)
        #expect(links.tells(anyOf: ["wiki_uri", "mailing_list_uri"]))
        #expect(links.tells(anyOf: ["source_code_uri"]))
        #expect(!links.tells(anyOf: ["wiki_uri"]))
        #expect(links.first(of: ["source_code_uri"]) == nil)
        #expect(links.first(of: ["homepage_uri"]) == "h")
    }

    @Test(
        "of a field with several addresses the first is told",
        arguments: [
            ("https://a.test/ (docs)\nhttps://b.test/x (devel)", "https://a.test/"),
            ("https://a.test,https://b.test", "https://a.test"),
            (" \n<https://a.test/>, b", "https://a.test/"), ("<https://a.test/", "<https://a.test/"), (" ,\t\n", nil),
            ("", nil),
            ("<>", nil),
        ])
    func first(field: String, address: String?) {
        #expect(LabelledLinks.firstAddress(ofList: field) == address)
    }
}

@Suite(
    "Links as authors label them",
    .enabled(if: Places.realData != nil, "there is no real data beside this checkout"))
struct RealLinksTests {
    private func rows(_ path: String) throws -> [[String]] {
        String(decoding: try Places.real(path), as: UTF8.self).split(separator: "\n").dropFirst()
            .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    }

    @Test("labels of PyPI are normalised as Python does it")
    func labels() throws {
        let rows = try rows("pypi/labels-of-142-distributions.tsv")
        #expect(rows.count > 40)
        for row in rows { #expect(LabelledLinks.normalized(row[0]) == row[1], "\(row[0])") }
    }

    @Test("repositories of PyPI's projects are those that its standard knows")
    func pypi() throws {
        let rows = try rows("pypi/expected.tsv").filter { $0[0].hasPrefix("json") }
        #expect(rows.count > 20)
        for row in rows {
            let project = try JSONValue(try Places.real("pypi/\(row[0])"))
            let links = LabelledLinks(project["/info/project_urls"], none: ["UNKNOWN"])
            let repository = links.first(of: ["Source", "Repository", "Source Code", "GitHub"])
            #expect(repository ?? "nan" == row[3], "\(row[0])")
        }
    }

    @Test("of the recorded packages of Hex nearly all have a repository, by the label alone")
    func hex() throws {
        var found = 0
        var all = 0
        for page in ["by-name-page-1", "by-inserted-at", "by-updated-at"] {
            for package in try JSONValue(try Places.real("hex/packages-\(page).json")).elements ?? [] {
                let links = LabelledLinks(package["/meta/links"])
                let labels = ["Repository", "Repo", "Source", "Source Code", "Git", "GitHub", "GitLab", "Bitbucket"]
                all += 1
                found += links.first(of: labels) == nil ? 0 : 1
            }
        }
        #expect(all > 200)
        #expect(found > all * 9 / 10)
    }
}
