import Foundation
import MinerHarness
import PackageMining
import Synchronization

/// A registry in memory at `https://packagist.test`: two lists, a feed and files, as a test has them.
final class Packagist: InMemoryRegistry {
    /// Seconds since the first of them, which is 1,700,000,000.
    typealias Time = Int

    struct File: Sendable {
        var body: String
        var modified: Time?
        var status = 200
    }

    struct State: Sendable {
        var root = #"{"metadata-url":"/p2/%package%.json","metadata-changes-url":"/metadata/changes.json"}"#
        var names: [String] = []
        /// Name and repository, or the whole value where it begins with a brace.
        var fields: [(name: String, repository: String)] = []
        /// What stands in the list with fields in place of all that.
        var fieldsText: String?
        var actions: [(type: String, file: String, time: Time)] = []
        var moreActions = ""
        var now: Time = 0
        /// How far the feed goes back.
        var oldest: Time = 0
        var files: [String: File] = [:]
    }

    static let url = "https://packagist.test"
    private static let beginning = 1_700_000_000
    private let state = Mutex(State())
    private let asked = Mutex<[Request]>([])

    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

    /// A package in both lists, with a tagged version that has that homepage.
    func package(_ name: String, homepage: String = "", changed: Time = 0) {
        change { state in
            state.names.append(name.lowercased())
            state.fields.append((name, "https://git.test/\(name)"))
        }
        file(name.lowercased(), homepage, changed)
    }

    /// - Parameter homepage: of the highest version; nil where there is none.
    func file(_ path: String, _ homepage: String?, _ changed: Time?) {
        let name = path.replacing("~dev", with: "")
        let versions = homepage.map { #"{"homepage":"\#($0)"}"# } ?? ""
        change { $0.files[path] = File(body: #"{"packages":{"\#(name)":[\#(versions)]}}"#, modified: changed) }
    }

    /// What was asked for since the last time, in order, without the host.
    func requests() -> [String] {
        asked.withLock { asked in
            defer { asked = [] }
            return asked.map { request in
                let path = String(request.url.dropFirst(Self.url.count))
                return path + (request.known.map { " unless \($0.lastModified ?? $0.etag ?? "")" } ?? "")
                    + (request.failures > 0 ? " again" : "")
            }
        }
    }

    /// The same of files alone, in the order of their names.
    func files() -> [String] { requests().filter { $0.hasPrefix("/p2/") }.sorted() }

    func answer(to request: Request) async throws -> Response {
        asked.withLock { $0.append(request) }
        let state = state.withLock { $0 }
        let path = String(request.url.dropFirst(Self.url.count))
        func response(_ body: String, status: Int = 200, _ headers: [Header] = []) -> Response {
            Response(status: status, url: request.url, headers: headers, body: Array(body.utf8))
        }
        if path == "/packages.json" { return response(state.root) }
        if path == "/packages/list.json" {
            return response(#"{"packageNames":[\#(state.names.map(quoted).joined(separator: ","))]}"#)
        }
        if path == "/packages/list.json?fields%5B%5D=repository&fields%5B%5D=type&fields%5B%5D=abandoned" {
            return response(state.fieldsText ?? #"{"packages":{\#(state.members)}}"#)
        }
        if path.hasPrefix("/metadata/changes.json") {
            let since = path.split(separator: "=").last.flatMap { Int($0) }
            return response(state.changes(since: since), status: since == nil ? 400 : 200)
        }
        guard path.hasPrefix("/p2/"), let file = state.files[String(path.dropFirst(4).dropLast(5))] else {
            return response("404 not found, no packages here", status: 404)
        }
        let modified = file.modified.map(Self.date)
        var headers = [Header("ETag", #""\#(file.body.count)""#)]
        if let modified { headers.append(Header("Last-Modified", modified)) }
        if let known = request.known, known.etag == nil, known.lastModified == modified {
            return response("", status: 304, headers)
        }
        return response(file.body, status: file.status, headers)
    }

    /// As Last-Modified tells it.
    static func date(_ time: Time) -> String {
        let writer = DateFormatter()
        writer.locale = Locale(identifier: "en_US_POSIX")
        writer.timeZone = TimeZone(secondsFromGMT: 0)
        writer.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return writer.string(from: Date(timeIntervalSince1970: Double(beginning + time)))
    }

    /// As the feed has it.
    static func since(_ time: Time) -> Int { (beginning + time) * 10_000 }

    fileprivate static func seconds(_ time: Time) -> Int { beginning + time }
}

extension Packagist.State {
    fileprivate var members: String {
        fields.map { name, repository in
            "\(quoted(name)):"
                + (repository.hasPrefix("{") ? repository : #"{"repository":\#(quoted(repository)),"type":"library"}"#)
        }.joined(separator: ",")
    }

    fileprivate func changes(since: Int?) -> String {
        let timestamp = Packagist.since(now) + 1
        guard let since else { return #"{"error":"Invalid or missing","timestamp":\#(timestamp)}"# }
        if since < Packagist.since(oldest) {
            return #"{"actions":[{"type":"resync","package":"*","time":1}],"timestamp":\#(timestamp)}"#
        }
        let told = actions.filter { Packagist.since($0.time) >= since }.map { type, file, time in
            #"{"type":"\#(type)","package":"\#(file)","time":\#(Packagist.seconds(time))}"#
        }
        return #"{"actions":[\#(told.joined(separator: ","))\#(moreActions)],"timestamp":\#(timestamp)}"#
    }
}

private func quoted(_ text: String) -> String { text.hasPrefix("{") ? text : "\"\(text)\"" }
