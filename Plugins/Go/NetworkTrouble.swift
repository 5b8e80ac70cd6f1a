/// What a module proxy's 404 or 410 says that stands for a failure of the network, and not for a module that is gone.
///
/// A proxy fetches what it does not have, and answers 404 or 410 with whatever the go command or its version control
/// tool said, also where that is no more than a name server out of order for a minute
/// (https://go.dev/issue/33346, https://go.dev/issue/31995).
package enum NetworkTrouble {
    /// Parts of such messages, in lower case. Each holds a space, so that no module path, version or address has one by
    /// chance.
    ///
    /// What is for good is not here: a domain that is gone (`no such host`), `Repository not found`, `terminal prompts
    /// disabled` (git asks for a password for what it may not see), `unknown revision`, `invalid version`.
    package static let texts: [(text: String, source: String)] = [
        // The proxy's own words.
        ("fetch timed out", "proxy.golang.org, https://go.dev/issue/57185; github.com/goproxy/goproxy"),
        ("bad upstream", "github.com/goproxy/goproxy, where the proxy behind it answered 5xx"),
        // libcurl beneath git, behind "fatal: unable to access 'https://…': ".
        ("could not resolve host", "libcurl, https://go.dev/issue/33346"),
        ("couldn't resolve host", "older libcurl"),
        ("operation timed out", "libcurl"),
        // The system's, beneath libcurl, ssh and Go's net alike.
        ("connection timed out", "strerror(ETIMEDOUT)"),
        ("connection refused", "strerror(ECONNREFUSED)"),
        ("connection reset", "strerror(ECONNRESET)"),
        ("network is unreachable", "strerror(ENETUNREACH)"),
        ("temporary failure in name resolution", "gai_strerror(EAI_AGAIN)"),
        // git, where the other side went away in mid-fetch.
        ("early eof", "git index-pack, https://github.com/goproxy/goproxy.cn/issues/59"),
        // Go's net and net/http, beneath `https fetch: Get "https://…?go-get=1": `.
        ("i/o timeout", "net, https://go.dev/issue/34548"),
        ("tls handshake", "net/http: TLS handshake timeout, https://go.dev/issue/71124"),
        ("server misbehaving", "net: a name server that fails"),
        ("context deadline exceeded", "context, beneath a request that took too long"),
        ("client.timeout exceeded", "net/http: Client.Timeout exceeded while awaiting headers"),
    ]

    /// What stands before the status of a server's answer, in lower case: a 5xx or 429 behind it passes.
    static let beforeStatus: [(text: String, source: String)] = [
        ("requested url returned error: ", "libcurl beneath git"),
        ("?go-get=1: ", "the go command: reading https://…?go-get=1: 502 Bad Gateway"),
    ]

    /// Which of them the body of an answer holds; nil where none.
    ///
    /// What others put into a message does not count: a line that the other side of git sent (`remote: …`), and what
    /// stands in double quotes, such as an import path or a line of a go.mod.
    package static func text(in body: [UInt8]) -> String? {
        let message = spoken(body.prefix(longestMessage))
        if let found = texts.first(where: { message.place(behind: $0.text) != nil }) { return found.text }
        return beforeStatus.lazy.compactMap { passingStatus(behind: $0.text, in: message) }.first
    }

    private static let longestMessage = 16 << 10

    /// The message in lower case, without what its author has not said.
    private static func spoken(_ body: ArraySlice<UInt8>) -> [UInt8] {
        var message: [UInt8] = []
        for line in body.split(separator: UInt8(ascii: "\n")) {
            let text = line.drop { $0 <= UInt8(ascii: " ") }
            if text.starts(with: "remote:".utf8) { continue }
            let parts = text.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
            for (number, part) in parts.enumerated() where number.isMultiple(of: 2) {
                message += part.lazy.map { (65...90).contains($0) ? $0 | 0x20 : $0 } + [UInt8(ascii: "\"")]
            }
        }
        return message
    }

    private static func passingStatus(behind text: String, in message: [UInt8]) -> String? {
        var rest = message[...]
        while let place = rest.place(behind: text) {
            rest = rest[place...]
            let status = String(decoding: rest.prefix(4).prefix { (48...57).contains($0) }, as: UTF8.self)
            if status == "429" || status.count == 3 && status.hasPrefix("5") { return text + status }
        }
        return nil
    }
}

extension Collection<UInt8> where SubSequence: Collection<UInt8>, Index == Int {
    /// The place behind the first occurrence of a text in ASCII; nil where there is none.
    fileprivate func place(behind text: String) -> Int? {
        let text = Array(text.utf8)
        guard count >= text.count else { return nil }
        return (startIndex...(endIndex - text.count)).first { place in
            self[place] == text[0] && self[place..<(place + text.count)].elementsEqual(text)
        }.map { $0 + text.count }
    }
}
