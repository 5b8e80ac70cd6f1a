import Foundation
import GoMiner
import PackageMining
import RegistryJSON

private func response(_ body: [UInt8], status: Int = 200) -> Response {
    Response(status: status, url: "https://registry.test/index", body: body)
}

/// Later than any time that is read.
private let late = IndexTime(nanoseconds: 7_258_118_400_000_000_000)

extension FuzzProperty {
    private struct SlowEntry: Decodable {
        let path: String
        let version: String
        let timestamp: String

        enum CodingKeys: String, CodingKey {
            case path = "Path"
            case version = "Version"
            case timestamp = "Timestamp"
        }
    }

    private static let page = """
        {"Path":"golang.org/x/text","Version":"v0.3.0","Timestamp":"2019-04-10T19:08:52.997264Z"}
        {"Path":"github.com/A/é\\u0301","Version":"v1.0.0-RC1","Timestamp":"2019-04-10T20:30:02.04035Z","More":[1,{}]}

        """

    /// Each line is an entry, a problem or blank, and what a slow reader reads the fast one reads the same.
    static let indexPage = FuzzProperty("index-page", seeds: [page, "", "{}\n", page + page]) { bytes in
        guard let page = try? IndexAnswer(response(bytes), since: nil, now: late) else { return nil }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let filled = lines.count { line in line.contains { $0 > UInt8(ascii: " ") } }
        guard page.entries.count + page.unreadable.count + page.problems.count == filled else {
            return "\(filled) lines, \(page.entries.count) entries and \(page.unreadable.count) others"
        }
        for entry in page.entries {
            let line = Data(lines[page.table.line(entry.row) - 1])
            guard let slow = try? JSONDecoder().decode(SlowEntry.self, from: line) else { continue }
            let fast = String(decoding: page.table.bytes[page.path(entry)], as: UTF8.self)
            // Of a key that stands twice, each reader may take another.
            let isTwice = line.split(separator: UInt8(ascii: ":")).count > 6
            if !isTwice, !fast.utf8.elementsEqual(slow.path.utf8) { return "\(fast) for \(slow.path)" }
        }
        return nil
    }

    private static let webPage = """
        <?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "b">]><html><head><!-- a --><title>a &amp; b</title>
        <meta name="go-import" content="v.test/m git https://g.test/m"><META NAME='go-import' content=v.test />
        <![CDATA[ a ]]><script>a > b</script></head><body>

        """

    /// What the beginning of a page is read as, where that was read as far as the go command reads, the whole is too.
    static let goImports = FuzzProperty("go-imports", seeds: [webPage, "", "<meta name=go-import content=x>"]) {
        bytes in
        let whole = GoImports(bytes)
        for count in [bytes.count / 3, bytes.count * 2 / 3, max(0, bytes.count - 1)] {
            let beginning = GoImports(Array(bytes.prefix(count)), isCut: true)
            if beginning.isRead, beginning.imports != whole.imports {
                return "\(beginning.imports) in the first \(count) bytes, and \(whole.imports) in all"
            }
        }
        return nil
    }

    static let proxyAnswer = FuzzProperty(
        "proxy-answer",
        seeds: [
            #"{"Version":"v1.23.2","Time":"2025-09-05T14:03:59Z","Origin":{"VCS":"git","URL":"https://g.test/x"}}"#,
            #"{"Version":"v1.6.0"}"#, "not found: fetch timed out",
            "not found: \"x\": git: exit status 128:\n\tThe requested URL returned error: 503\nremote: i/o timeout\n",
        ]
    ) { bytes in
        for status in [200, 404, 410, 400, 403, 451, 500] {
            guard let answer = try? ProxyAnswer(response(bytes, status: status)) else { continue }
            switch answer {
            case .info(let version, _):
                if status != 200 { return "a status of \(status) told a version" }
                if version.isEmpty { return "an answer without a version" }
            case .absent, .refused: if status == 200 { return "a 200 told of nothing" }
            }
        }
        return disagreement(on: bytes)
    }

    private struct SlowAnswer: Decodable {
        struct Origin: Decodable {
            let url: String?

            enum CodingKeys: String, CodingKey { case url = "URL" }
        }

        let version: String
        let origin: Origin?

        enum CodingKeys: String, CodingKey {
            case version = "Version"
            case origin = "Origin"
        }
    }

    /// What a slow reader reads of an answer, the fast one reads the same, where no key stands twice.
    private static func disagreement(on bytes: [UInt8]) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        let isPlain = ["Version", "Origin", "URL"].allSatisfy { text.ranges(of: "\"\($0)\"").count < 2 }
        // Foundation passes over control characters and ill-formed UTF-8 where it is not asked for them.
        guard isPlain, !text.contains("\\u"), bytes.allSatisfy({ $0 >= 0x20 }),
            String(validating: bytes, as: UTF8.self) != nil,
            let slow = try? JSONDecoder().decode(SlowAnswer.self, from: Data(bytes)),
            !slow.version.isEmpty
        else { return nil }
        guard let answer = try? ProxyAnswer(response(bytes)), case .info(let version, let url) = answer else {
            return "refused, and it says \(slow.version)"
        }
        let expected = slow.origin?.url.flatMap { $0.isEmpty ? nil : $0 }
        guard version.utf8.elementsEqual(slow.version.utf8), Array((url ?? "").utf8) == Array((expected ?? "").utf8)
        else { return "\(version) of \(url ?? "none") for \(slow.version) of \(expected ?? "none")" }
        return nil
    }

    /// A cursor that can be read is written and read back the same, and any page may follow it.
    static let indexCursor = FuzzProperty(
        "cursor",
        seeds: [
            #"{"since":"2019-04-10T19:08:10.2Z","end":1600000000000000000,"taken":["a@v1"],"#
                + #""lastPage":2,"fullPage":3,"nothingNew":0,"steppedOver":{"time":"2019-04-10T19:08:10.2Z","count":3}}"#
        ]
    ) { bytes in
        guard let cursor = try? JSONDecoder().decode(IndexCursor.self, from: Data(bytes)) else { return nil }
        guard let coded = try? JSONEncoder().encode(cursor),
            let again = try? JSONDecoder().decode(IndexCursor.self, from: coded), again.since == cursor.since,
            again.end == cursor.end, again.taken == cursor.taken
        else { return "a cursor does not survive coding" }
        guard let answer = try? IndexAnswer(response(Array(page.utf8)), since: nil, now: late) else {
            return "the page is none"
        }
        var walk = IndexWalk(cursor, limit: 2)
        guard let taken = try? walk.take(answer) else { return nil }
        if let cut = walk.cut(after: taken), walk.split(at: cut).end < walk.cursor.end {
            return "a window ends before its begin"
        }
        return nil
    }

    static let indexTime = FuzzProperty("index-time", seeds: ["2019-04-10T19:08:52.997264Z", "1970-01-01T00:00:00Z"]) {
        bytes in
        guard let time = IndexTime(bytes) else { return nil }
        return IndexTime(time.text.utf8) == time ? nil : "\(time.text) is another time"
    }

    /// An escaped path has no capitals and nothing that a URL would read otherwise.
    static let modulePath = FuzzProperty(
        "module-path", seeds: ["github.com/Azure/azure-sdk-for-go/v2", "gopkg.in/a.v1"]
    ) {
        bytes in
        let path = String(decoding: bytes, as: UTF8.self)
        guard let escaped = ModulePath.escaped(path) else { return nil }
        let allowed = Array("abcdefghijklmnopqrstuvwxyz0123456789-._~/!".utf8)
        guard escaped.utf8.allSatisfy(allowed.contains) else { return "escaped as \(escaped)" }
        return escaped.contains("..") && escaped.contains("/../") ? "a way out: \(escaped)" : nil
    }
}
