import GoMiner
import Testing

@Suite("Module paths")
struct ModulePathTests {
    @Test(
        "Module paths are written with ! and a small letter for each capital",
        arguments: [
            ("github.com/FiloSottile/mkcert", "github.com/!filo!sottile/mkcert"),
            ("github.com/GoogleCloudPlatform/cloudsql-proxy", "github.com/!google!cloud!platform/cloudsql-proxy"),
            ("golang.org/x/text", "golang.org/x/text"),
            ("git.sr.ht/~sircmpwn/getopt", "git.sr.ht/~sircmpwn/getopt"),
            ("gopkg.in/yaml.v2", "gopkg.in/yaml.v2"),
            ("gopkg.in/src-d/go-git.v4-unstable", "gopkg.in/src-d/go-git.v4-unstable"),
            ("gopkg.in/mgo.v0", "gopkg.in/mgo.v0"),
            ("github.com/a/b/v2", "github.com/a/b/v2"),
            ("github.com/a/v1.2/c", "github.com/a/v1.2/c"),
            ("collectd.org", "collectd.org"),
            ("example.com/a_b/c-d", "example.com/a_b/c-d"),
            ("example.com/v/vx", "example.com/v/vx"),
        ])
    func escapes(path: String, escaped: String) {
        #expect(ModulePath.escaped(path) == escaped)
    }

    @Test(
        "Module paths are refused by the rules of golang.org/x/mod, and so never asked for",
        arguments: [
            "", "/a.com/b", "a.com/b/", "a.com//b", "-a.com/b", "a/b", "A.com/b", "a.com/b!", "a.com/é", "a.com/b c",
            "a.com/.b", "a.com/b.", "a.com/CON", "a.com/con.go", "a.com/lpt1", "a.com/x~123", "a.com/b/v1",
            "a.com/b/v0",
            "a.com/b/v02", "a.com/b/v2.1", "gopkg.in/yaml", "gopkg.in/yaml.v", "gopkg.in/yaml.v01", "山山.xyz/a",
            "a.com/../b", "a.com/b?c", "a.com/b#c", "a.com/b\u{0}", "a.com/b\n",
        ])
    func refuses(path: String) {
        #expect(ModulePath.escaped(path) == nil)
    }

    @Test(
        "versions by the same rule",
        arguments: [
            ("v1.0.0-RC1", "v1.0.0-!r!c1"), ("v2.0.0+incompatible", "v2.0.0+incompatible"), ("v1.0.0 ", nil),
            ("v1.0.0/x", nil), ("", nil), ("v1.0.0-é", nil), ("v1.0.0!a", nil),
        ] as [(String, String?)])
    func escapesVersions(version: String, escaped: String?) {
        #expect(ModulePath.escapedVersion(version) == escaped)
    }
}
