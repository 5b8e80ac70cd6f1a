import MinerHarness
import PackageMining
import PyPIMiner
import Testing

@Suite("Links of PyPI projects")
struct PyPILabelTests {
    private let index = PyPIIndex()

    @Test(
        "Links are picked by the labels of PEP 753 alone, never by where they lead",
        arguments: [
            // The label that the author wrote goes before home_page, and before the copy of it that the server makes.
            (#""https://old""#, #"{"Homepage":"https://old","home page":"https://new"}"#, "https://new nan"),
            (#""https://old""#, #"{"Homepage":"https://new"}"#, "https://new nan"),
            (#""https://old""#, #"{"Homepage":"https://old"}"#, "https://old nan"),
            (#""https://h""#, "null", "https://h nan"), (#""https://h""#, "{}", "https://h nan"),
            (#""https://h""#, #"{"Homepage":null,"HOME-PAGE":""}"#, "https://h nan"),
            (#""https://github.com/a/b""#, "null", "https://github.com/a/b nan"),
            // What is none.
            ("null", "null", "nan nan"), (#""""#, "{}", "nan nan"),
            (#""UNKNOWN""#, #"{"Homepage":"UNKNOWN","Source":"UNKNOWN","Download":"UNKNOWN"}"#, "nan nan"),
            (#""  https://h ""#, #"{"Source":" https://s\n"}"#, "https://h https://s"),
            // The order of the labels of a repository.
            ("null", #"{"GitHub":"https://g","Source Code":"https://c","Repository":"https://r"}"#, "nan https://r"),
            ("null", #"{"GitHub":"https://g","source_code":"https://c"}"#, "nan https://c"),
            ("null", #"{"Git-Hub!":"https://g"}"#, "nan https://g"),
            ("null", #"{"Repository":"https://r","SOURCE":"https://s"}"#, "nan https://s"),
            ("null", #"{"source":"https://2","Source":"https://1"}"#, "nan https://1"),
            ("null", #"{"Source":"","Repository":"https://r"}"#, "nan https://r"),
            // Labels that are somebody else's.
            (
                "null",
                #"{"Upstream":"https://u","Issues":"https://i","Funding":"https://f","Code":"https://c","GitLab":"https://l"}"#,
                "nan nan"
            ),
            (
                "null",
                #"{"Home":"https://h","Website":"https://w","Documentation":"https://d","Sources":"https://s"}"#,
                "nan nan"
            ),
        ])
    func picks(homePage: String, links: String, told: String) async throws {
        index.publish(9, [("a", 1)])
        index.tell("a", 1, homePage: homePage, links)
        let list = try await MinedFolder().run(PyPIMiner(indexURL: PyPIIndex.url), through: index.session)
        #expect(list == ["1 a \(told)"])
    }

    @Test("The index's own pages are nobody's homepage")
    func ownPages() async throws {
        index.publish(9, [("a", 1)])
        let own = "https://index.test/project/a/"
        index.set(
            "/pypi/a/json",
            #"{"info":{"name":"a","package_url":"\#(own)","project_url":"\#(own)","release_url":"\#(own)1/"}}"#,
            type: "application/json")
        let list = try await MinedFolder().run(PyPIMiner(indexURL: PyPIIndex.url), through: index.session)
        #expect(list == ["1 a nan nan"])
    }
}
