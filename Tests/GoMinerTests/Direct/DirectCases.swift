import Foundation
import MinerHarness
import PackageMining
import Testing

/// A module, the pages of its web, and what the go command makes of them: a line of `fixtures/go/direct/cases.ndjson`.
struct DirectCase: Decodable, Sendable, CustomTestStringConvertible {
    struct Page: Decodable, Sendable {
        let status: Int?
        let location: String?
        let body: String?
        let bodyBase64: String?

        var bytes: [UInt8] {
            bodyBase64.flatMap { Data(base64Encoded: $0) }.map(Array.init) ?? Array((body ?? "").utf8)
        }
    }

    let title: String
    let module: String
    let pages: [String: Page]

    /// `git https://…`, `mod https://…` or `nothing`.
    let finds: String

    /// The first version of Go whose command answers so.
    let since: String?

    var testDescription: String { title }

    static let all: [DirectCase] = {
        do {
            let text = try Places.fixtureText("go/direct/cases.ndjson")
            return try text.split(separator: "\n").map {
                try JSONDecoder().decode(DirectCase.self, from: Data($0.utf8))
            }
        } catch {
            Issue.record("the cases cannot be read: \(error)")
            return []
        }
    }()

    /// What was found, and which proxy was asked.
    var found: String? { finds == "nothing" ? nil : finds.split(separator: " ").last.map(String.init) }
    var isOfProxy: Bool { finds.hasPrefix("mod ") }

    /// The web of the case, redirects followed as the session follows them.
    func answer(to url: String) throws -> Response {
        var url = url.replacing("?go-get=1", with: "")
        for _ in 0...9 {
            guard url.hasPrefix("https://") else { throw WireError(.refused, url: url, "a redirect to \(url)") }
            guard let page = pages[String(url.dropFirst(8))] else { return Response(status: 404, url: url) }
            guard let location = page.location else {
                return Response(status: page.status ?? 200, url: url, body: page.bytes)
            }
            url = String(location.prefix { $0 != "?" })
        }
        throw WireError(.refused, url: url, "more than 9 redirects")
    }
}
