import PythonFormats
import Testing

/// pip's own order: site, user, virtual environment, PIP_CONFIG_FILE, PIP_INDEX_URL; the later one holds.
@Suite("Where pip looks for its index")
struct PipSettingsTests {
    private static let home = ["HOME": "/home/me"]

    private func url(_ environment: [String: String], _ files: [String: String]) throws -> String? {
        let files = files.mapValues { Array($0.utf8) }
        return try PipSettings(variable: { environment[$0] }, file: { files[$0] }).indexURL
    }

    private func file(_ url: String) -> String { "[global]\nindex-url = \(url)\n" }

    @Test("A later file holds, in pip's own order, and the variable holds before all files")
    func order() throws {
        let places = [
            "/etc/xdg/pip/pip.conf", "/etc/pip.conf", "/home/me/.pip/pip.conf", "/home/me/.config/pip/pip.conf",
            "/venv/pip.conf",
        ]
        let environment = Self.home.merging(["VIRTUAL_ENV": "/venv"]) { $1 }
        for count in 0...places.count {
            let files = places.prefix(count).map { ($0, file("https://\($0)")) }
            let found = try url(environment, Dictionary(uniqueKeysWithValues: files))
            #expect(found == places.prefix(count).last.map { "https://\($0)" })
        }
        let all = Dictionary(uniqueKeysWithValues: places.map { ($0, file("https://file")) })
        let named = environment.merging(["PIP_INDEX_URL": "https://variable"]) { $1 }
        #expect(try url(named, all) == "https://variable")
    }

    @Test("PIP_CONFIG_FILE takes the place of the user's files, and holds before all others; /dev/null means none")
    func named() throws {
        let files = [
            "/own": "[global]\ntimeout = 1\n", "/home/me/.config/pip/pip.conf": file("https://user"),
            "/etc/pip.conf": file("https://site"), "/other": file("https://other"),
        ]
        func found(_ name: String) throws -> String? {
            try url(Self.home.merging(["PIP_CONFIG_FILE": name]) { $1 }, files)
        }
        #expect(try found("/own") == "https://site")
        #expect(try found("/other") == "https://other")
        #expect(try found("/missing") == "https://user")
        #expect(try found("/dev/null") == nil)
    }

    @Test("The folders of XDG are looked at where they are named")
    func folders() throws {
        let environment = ["XDG_CONFIG_DIRS": "/a:/b", "XDG_CONFIG_HOME": "/c"]
        #expect(try url(environment, ["/a/pip/pip.conf": file("1"), "/b/pip/pip.conf": file("2")]) == "2")
        #expect(try url(environment, ["/b/pip/pip.conf": file("2"), "/c/pip/pip.conf": file("3")]) == "3")
        #expect(try url(environment, ["/etc/xdg/pip/pip.conf": file("4")]) == nil)
    }

    @Test(
        "The option is found in [global], as pip spells it, and an empty one is none",
        arguments: [
            ("[global]\nindex_url: https://a\n", "https://a"), ("[global]\n--INDEX-URL=https://a\n", "https://a"),
            ("[global]\nindex-url =\n    https://a\n", "https://a"),
            ("[DEFAULT]\nindex-url=https://a\n[global]\n", "https://a"),
            ("[install]\nindex-url = https://a\n", nil), ("[global]\nextra-index-url = https://a\n", nil),
            ("[global]\nindex-url =\n", nil), ("", nil),
        ])
    func option(text: String, told: String?) throws {
        #expect(try url(Self.home, ["/home/me/.config/pip/pip.conf": text]) == told)
    }

    @Test("An empty value in a later file is no address, as with pip, whatever an earlier one says")
    func emptied() throws {
        #expect(try url(Self.home, ["/etc/pip.conf": file("https://a"), "/home/me/.pip/pip.conf": file("")]) == nil)
    }

    @Test("A file that pip refuses is an error that names it and the line")
    func broken() {
        let files = ["/etc/pip.conf": "index-url = https://a\n"]
        let error = #expect(throws: (any Error).self) { try url(Self.home, files) }
        #expect(error.map { "\($0)" } == "pip's configuration /etc/pip.conf: line 1: it is in no section")
    }
}
