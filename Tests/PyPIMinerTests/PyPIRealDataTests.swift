import Foundation
import MinerHarness
import PackageMining
import PyPIMiner
import PythonFormats
import RegistryJSON
import Testing

@Suite("Recorded answers of PyPI", .enabled(if: Places.realData != nil, "needs the recorded answers of PyPI"))
struct PyPIRealDataTests {
    @Test("The links of each recorded answer are those of its expected row")
    func links() throws {
        let lines = String(decoding: try Places.real("pypi/expected.tsv"), as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 58)
        for line in lines.dropFirst() {
            let fields = line.split(separator: "\t").map(String.init)
            let file = try Places.real("pypi/\(fields[0])")
            let links =
                fields[0].hasSuffix(".json") ? ProjectLinks(try JSONValue(file)["/info"]) : ProjectLinks(metadata: file)
            let found = try #require(links, "\(fields[0])").resolution
            let told = [found.homepage ?? "nan", found.repository ?? "nan"]
            #expect(told == [fields[2], fields[3]], "\(fields[0])")
        }
    }

    @Test("Recorded indexes, in JSON and in HTML, are listed whole", arguments: ["index.json", "index-2018.html"])
    func indexes(file: String) async throws {
        let isJSON = file.hasSuffix("json")
        let index = PyPIIndex()
        let bytes = try Places.real("pypi/simple/\(file)")
        index.set("/simple/", String(decoding: bytes, as: UTF8.self), type: isJSON ? PyPIIndex.json : "text/html")
        let session = StubSession { request in
            if request.url.hasSuffix("/simple/") { return index.session.response(at: request.url) }
            let name = request.url.split(separator: "/").dropLast().last ?? ""
            return Response(status: 200, url: request.url, body: Array(#"{"info":{"name":"\#(name)"}}"#.utf8))
        }
        let folder = try MinedFolder()
        let miner = PyPIMiner(indexURL: PyPIIndex.url)
        let list = try await folder.run(miner, through: session)
        let told =
            isJSON
            ? bytes.split(separator: UInt8(ascii: "{")).count - 2
            : String(decoding: bytes, as: UTF8.self).matches(of: /<a href/).count
        #expect(list.count == told)
        #expect(list.contains(isJSON ? "2 0-._.-._.-._.-._.-._.-._.-0 nan nan" : "12 a2m.itertools nan nan"))
        #expect(try folder.problems(of: miner) == nil)
    }

    @Test(
        "Recorded pages of projects are read whole, with the file that pip itself would take the metadata of",
        arguments: [
            ("toga.json", 8, "toga-0.4.0-py3-none-any.whl"),
            ("requests.json", 12, "requests-2.19.0-py2.py3-none-any.whl"),
            ("numpy.json", 8, "numpy-1.5.1-cp27-none-macosx_10_6_intel.macosx_10_9_intel.macosx_10_9_x86_64.whl"),
            ("futures.json", 2, "futures-3.2.0-py2-none-any.whl"),
            ("ipython.json", 8, "ipython-7.5.0-py3-none-any.whl"),
            ("snowflake-legacy.html", 18, "snowflake_legacy-0.11.0-py3-none-any.whl"), ("qypi.html", 12, nil),
            ("aws-adfs-ebsco.html", 2, nil), ("requests.html", 185, nil),
        ])
    func pages(file: String, count: Int, newest: String?) throws {
        let isJSON = file.hasSuffix("json")
        let answer = Response(
            status: 200, url: "https://index.test/simple/x/",
            headers: [Header("Content-Type", isJSON ? PyPIIndex.json : "text/html")],
            body: try Places.real("pypi/simple/\(file)"))
        let page = try ProjectPage(answer, at: answer.url)
        #expect(page.files.count == count)
        #expect(page.files.allSatisfy { page.metadataURL(of: $0)?.hasPrefix("https://") == true })
        #expect(page.newestWithMetadata?.name == newest)
    }
}
