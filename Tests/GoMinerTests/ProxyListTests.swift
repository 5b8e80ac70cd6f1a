import GoMiner
import PackageMining
import Testing

@Suite("A list of module proxies")
struct ProxyListTests {
    @Test(
        "A list of module proxies is read as the go command reads GOPROXY",
        arguments: [
            ("https://p.test", ["https://p.test,"], "https://p.test"),
            (
                "https://p.test/,https://q.test//", ["https://p.test,", "https://q.test,"],
                "https://p.test,https://q.test"
            ),
            (
                " https://p.test | http://q.test/x ", ["https://p.test|", "http://q.test/x,"],
                "https://p.test|http://q.test/x"
            ),
            (
                ",,https://p.test,|,\tq.test\n,", ["https://p.test,", "https://q.test,"],
                "https://p.test,https://q.test"
            ),
            ("https://p.test,direct", ["https://p.test,"], "https://p.test,direct"),
            ("https://p.test|direct,https://q.test", ["https://p.test|"], "https://p.test|direct"),
            ("direct", [], "direct"), (" direct , https://p.test", [], "direct"),
            ("https://p.test,off,https://q.test", ["https://p.test,"], "https://p.test"),
            ("https://p.test,off,no address", ["https://p.test,"], "https://p.test"),
            ("HTTPS://user:a@P.test/x", ["HTTPS://user:a@P.test/x,"], "HTTPS://user:a@P.test/x"),
        ])
    func reads(text: String, proxies: [String], written: String) throws {
        let list = try ProxyList(text)
        #expect(list.proxies.map { $0.url + ($0.passesOnErrors ? "|" : ",") } == proxies)
        #expect(list.text == written)
    }

    @Test(
        "A list of module proxies goes direct where it comes to `direct`, and to no `off` before",
        arguments: [
            ("https://p.test,direct", true), ("https://p.test|direct|off", true), ("direct", true),
            ("https://p.test,off,direct", false), ("https://p.test", false),
        ])
    func goesDirect(text: String, goesDirect: Bool) throws {
        #expect(try ProxyList(text).goesDirect == goesDirect)
    }

    @Test(
        "A list of module proxies is refused where it names no proxy that can be asked",
        arguments: [
            ("off", "`off`", "it means that no proxy may be asked"),
            (" ,off|https://p.test", "`off`", "it means that no proxy may be asked"),
            ("", "``", "it names no proxy"), (" , | ", "` , | `", "it names no proxy"),
            ("ftp://p.test", "`ftp://p.test`", "it is no http or https address"),
            ("/etc/passwd", "`/etc/passwd`", "it is no http or https address"),
            ("https:/p.test", "`https:/p.test`", "it is no http or https address"),
            ("https://p.test/a b", "`https://p.test/a b`", "it is no http or https address"),
            ("noproxy", "`noproxy`", "it is no http or https address"),
        ])
    func refuses(text: String, shown: String, reason: String) {
        let error = #expect(throws: ProxyList.Unusable.self) { try GoMiner(proxyURL: text) }
        #expect(
            error?.description
                == "\(shown) cannot be used as a module proxy: \(reason). Give one or more addresses, as in --proxy-url "
                + "https://proxy.golang.org/cached-only")
    }
}
