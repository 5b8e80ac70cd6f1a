import Foundation
import PackageMining
import RegistryDocuments
import RegistryJSON

/// The feed of changed files (https://packagist.org/apidoc#track-package-updates; composer/packagist's `ApiController`).
/// Beyond a day or 100,000 changes it says `resync`.
struct ChangeFeed: Sendable {
    let url: String
    let session: any RegistrySession

    /// An hour less than the feed's own day. What was told in it is told again: a file may be older than its change for
    /// hours (composer/packagist#1508), and whoever looks the package up again has to know.
    private static let window: Int64 = 23 * 3_600 * 10_000

    func news(since cursor: PackagistMiner.Cursor) async throws -> News {
        // Whoever does not say since when is refused, and told the time.
        let now = try await session.fetch(Request(url)) {
            try $0.json(status: 400, having: .integer("/timestamp")).neededInteger("/timestamp")
        }
        guard let all = cursor.all, let until = cursor.until else { return News(all: now) }
        for since in Set([min(until, max(all, now - Self.window)), until]).sorted() where until <= now {
            let request = Request("\(url)?since=\(since)", bodyLimit: 64 << 20)
            let news = try await session.fetch(request) { try News($0, all: all) }
            if let news, news.until >= until { return news }
        }
        return News(all: now)
    }
}

/// What has changed since a run.
struct News: Sendable {
    /// When every package is to be looked up: now, where nobody knows which have changed.
    let all: Int64
    let until: Int64
    private(set) var problems: [Problem] = []
    /// The places of what is told of packages, by their keys.
    private(set) var changes: [[UInt8]: [Int64]] = [:]

    init(all: Int64) { (self.all, until) = (all, all) }

    /// - Returns: nil for a feed that does not go back so far.
    fileprivate init?(_ response: Response, all: Int64) throws {
        let feed = try response.json(having: .integer("/timestamp"), .array("/actions"))
        (self.all, until) = (all, try feed.neededInteger("/timestamp"))
        let url = String(response.url.prefix { $0 != "?" })
        if feed["/actions"]?.elements?.contains(where: { $0["/type"]?.text == "resync" }) == true { return nil }
        for action in feed.elements(at: "/actions") ?? [] {
            guard let (key, place) = action.entry(of: url, noting: &problems, Self.change) else { continue }
            changes[key, default: []].append(place)
        }
    }

    private static func change(_ action: JSONValue) throws -> (key: [UInt8], place: Int64) {
        let (type, file) = (action["/type"]?.text, try action.neededText("/package"))
        guard let time = action["/time"]?.integer, (0..<1 << 40).contains(time), type == "update" || type == "delete"
        else { throw JSONError("no update or deletion at a time") }
        let isBranches = file.hasSuffix("~dev")
        let word = isBranches ? ToldWord.branches : type == "delete" ? .deletion : .tags
        let key = Array(simpleLowercase(isBranches ? String(file.dropLast(4)) : file).utf8)
        return (key, word.place(at: Int64(time) * 10_000))
    }
}

/// What is told of a package at a time: the last two bits of its place.
enum ToldWord: Int64 {
    case listed, branches, tags, deletion

    func place(at time: Int64) -> Int64 { time << 2 | rawValue }
    func isTold(at place: Int64) -> Bool { place & 3 == rawValue }

    /// The second in which it was told last.
    func time(in releases: [Release]) -> Date? {
        releases.map(\.place).filter(isTold).max().map { Date(timeIntervalSince1970: Double(($0 >> 2) / 10_000)) }
    }
}
