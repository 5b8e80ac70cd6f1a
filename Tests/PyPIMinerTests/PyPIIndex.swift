import MinerHarness
import PackageMining

/// A Python index as a test writes it.
struct PyPIIndex {
    static let url = "https://index.test/simple"
    static let json = "application/vnd.pypi.simple.v1+json"

    let session = StubSession()

    /// The addresses that were asked for, from the host on.
    var asked: [String] { session.requests.map { String($0.dropFirst("https://index.test".count)) } }

    func set(_ path: String, _ body: String, type: String = PyPIIndex.json, status: Int = 200, tag: String? = nil) {
        let tag = tag.map { [Header("ETag", "\"\($0)\"")] } ?? []
        session.set(
            "https://index.test\(path)", Array(body.utf8), status: status,
            headers: [Header("Content-Type", type)] + tag)
    }

    /// The index in JSON, with projects and their serials.
    func publish(_ serial: Int, _ projects: [(String, Int)], tag: String? = nil) {
        let rows = projects.map { #"{"_last-serial":\#($0.1),"name":"\#($0.0)"}"# }.joined(separator: ",")
        set(
            "/simple/", #"{"meta":{"_last-serial":\#(serial),"api-version":"1.4"},"projects":[\#(rows)]}"#, tag: tag)
    }

    /// What the JSON API says of a project.
    func tell(_ name: String, _ serial: Int, homePage: String = "null", _ links: String = "null") {
        let info = #"{"name":"\#(name)","home_page":\#(homePage),"project_urls":\#(links)}"#
        set("/pypi/\(name)/json", #"{"info":\#(info),"last_serial":\#(serial)}"#, type: "application/json")
    }

    func tell(_ name: String, _ serial: Int, at repository: String) {
        tell(name, serial, #"{"Source":"\#(repository)"}"#)
    }

    /// A project's own page.
    func page(_ name: String, status: String = "active", serial: Int = 1, _ files: String = "") {
        let meta = #""meta":{"_last-serial":\#(serial),"api-version":"1.4"}"#
        set("/simple/\(name)/", #"{"files":[\#(files)],\#(meta),"project-status":{"status":"\#(status)"}}"#)
    }

    func forget(_ path: String) { set(path, "", status: 404) }
}
