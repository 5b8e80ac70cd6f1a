import GoMiner
import PackageMining
import Testing

@Suite("A proxy's 404 that stands for a failure of the network")
struct NetworkTroubleTests {
    @Test(
        "A proxy's 404 that stands for a failure of the network is known by what the go command, git and proxies say",
        arguments: NetworkTrouble.texts.map(\.text))
    func knows(text: String) {
        #expect(NetworkTrouble.text(in: Array("not found: a.com/b@v1.0.0: \(text.uppercased()): x".utf8)) == text)
    }

    @Test(
        "A proxy's 404 that stands for a failure of the network is told from a module that is gone",
        arguments: [
            (
                "not found: a.com/b@v1.4.7: git fetch -f https://git.a.com/b: exit status 128:\n\tfatal: unable to access "
                    + "'https://git.a.com/b/': Could not resolve host: git.a.com", "could not resolve host"
            ),
            (
                "not found: a.com/b@v1.4.7: invalid version: git fetch -f origin: exit status 128:\n\tfatal: unable to "
                    + "access 'https://git.a.com/b/': The requested URL returned error: 503",
                "requested url returned error: 503"
            ),
            (
                "fatal: unable to access 'x': The requested URL returned error: 403\nfatal: unable to access 'y': The "
                    + "requested URL returned error: 429", "requested url returned error: 429"
            ),
            (
                "not found: unrecognized import path \"a.com/b\": https fetch: Get \"https://a.com/b?go-get=1\": dial tcp "
                    + "10.0.0.1:443: i/o timeout", "i/o timeout"
            ),
            (
                "not found: unrecognized import path \"a.com/b\": reading https://a.com/b?go-get=1: 502 Bad Gateway",
                "?go-get=1: 502"
            ),
            ("not found: dial tcp: lookup a.com on 8.8.8.8:53: server misbehaving", "server misbehaving"),
            ("not found: Get \"https://a.com/b?go-get=1\": net/http: TLS handshake timeout", "tls handshake"),
        ])
    func tells(body: String, text: String) {
        #expect(NetworkTrouble.text(in: Array(body.utf8)) == text)
    }

    @Test(
        "A proxy's 404 that stands for a failure of the network is not what is gone for good, nor what others put into the message",
        arguments: [
            "", "not found", "not found: a.com/b@v1.8.7: invalid version: unknown revision v1.8.7",
            "not found: a.com/b: git ls-remote -q origin: exit status 128:\n\tfatal: could not read Username for "
                + "'https://github.com': terminal prompts disabled",
            "not found: exit status 128:\n\tremote: Repository not found.\n\tfatal: repository 'x' not found",
            "not found: exit status 128:\n\tremote: i/o timeout, connection refused\n\tfatal: repository 'x' not found",
            "The requested URL returned error: 404", "The requested URL returned error: 5030", "returned error: 503x",
            "The requested URL returned error: 50", "The requested URL returned error: ",
            "not found: a.com/connection/refused/i/o/timeout@v1.0.0: unknown revision",
            "not found: unrecognized import path \"a.com/could not resolve host\": no such host",
            "not found: a.com/b@v1.0.0: parsing go.mod: go.mod:1: invalid module path \"connection refused\"",
            "not found: lookup a.com: no such host", "not found: reading https://a.com/b?go-get=1: 404 Not Found",
            "<!DOCTYPE html>\n<html><head><title>410 Gone</title></head>\n<body class=\"i/o timeout\">Gone</body></html>",
            "bad request: invalid escaped module path \"a.com/B\"", "\u{FF}connection\u{0}refused",
        ])
    func passesOver(body: String) {
        #expect(NetworkTrouble.text(in: Array(body.utf8)) == nil)
    }

    @Test(
        "A proxy's 404 that stands for a failure of the network makes a look-up fail for this run, whether it is told with 404, 410 or 400",
        arguments: [404, 410, 400])
    func fails(status: Int) {
        let response = Response.text("not found: dial tcp: connection refused", status: status)
        let error = #expect(throws: WireError.self) { try ProxyAnswer(response) }
        #expect(error?.category == .unreachable)
        #expect(
            error?.description
                == "unreachable: status \(status), and the proxy could not ask: connection refused")
    }

    @Test("A proxy's 404 that stands for a failure of the network is looked for in the first 16 KiB, in no time")
    func isBounded() {
        let long = Array(repeating: UInt8(ascii: "c"), count: 1 << 20)
        #expect(NetworkTrouble.text(in: long + Array("connection refused".utf8)) == nil)
        #expect(NetworkTrouble.text(in: Array(long.prefix(16_000)) + Array(" connection refused".utf8)) != nil)
    }
}
