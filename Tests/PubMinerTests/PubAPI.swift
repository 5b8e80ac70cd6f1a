import MinerHarness
import PackageMining
import PubMiner
import Synchronization

/// pub.dev as a test writes it: names, pages of packages, and what is answered by name.
final class PubAPI: InMemoryRegistry {
    struct State: Sendable {
        var names: [String] = []
        /// Each a page, of `name version`; a row that begins with a brace is written as it is.
        var pages: [[String]] = []
        /// What is answered in the place of a page, by its number.
        var answers: [Int: (status: Int, body: String)] = [:]
        /// What the names say of the next ones.
        var nextNames = "null"
        /// What is answered by name.
        var documents: [String: String] = [:]
        /// What happens before a request is answered, by the number of the request.
        var events: [Int: @Sendable (inout State) -> Void] = [:]
    }

    static let url = "https://pub.test/api"
    let miner = PubMiner(apiURL: PubAPI.url + "/")
    private let state = Mutex(State())
    private let asked = Mutex<[String]>([])

    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

    /// What was asked for since the last time, in order, behind the API's address.
    func requests() -> [String] {
        asked.withLock { asked in
            defer { asked = [] }
            return asked
        }
    }

    func answer(to request: Request) async throws -> Response {
        let path = String(request.url.dropFirst(Self.url.count + 1))
        let number = asked.withLock { asked in
            asked.append(request.failures > 0 ? "\(path) again" : path)
            return asked.count
        }
        let state = state.withLock { state in
            state.events.removeValue(forKey: number)?(&state)
            return state
        }
        let (status, body) = state.answer(to: path)
        return Response(status: status, url: request.url, body: Array(body.utf8))
    }
}

extension PubAPI.State {
    fileprivate func answer(to path: String) -> (status: Int, body: String) {
        if path == "package-names" {
            let names = names.map { $0.hasPrefix("{") ? $0 : "\"\($0)\"" }.joined(separator: ",")
            return (200, #"{"packages":[\#(names)],"nextUrl":\#(nextNames)}"#)
        }
        guard path.hasPrefix("packages?page="), let number = Int(path.dropFirst(14)) else {
            let document = documents[path]
            return (document == nil ? 404 : 200, document ?? #"{"error":{"code":"NotFound"}}"#)
        }
        if let answer = answers[number] { return answer }
        guard number <= pages.count else { return (400, #"{"message":"no content"}"#) }
        let rows = pages[number - 1].map { row in
            let words = row.split(separator: " ")
            return row.hasPrefix("{") ? row : PubAPI.document("\(words[0])", "\(words[1])")
        }
        // The server knows a page to be the last one only where it has room.
        return (
            200,
            #"{"next_url":"\#(PubAPI.url)/packages?page=\#(number + 1)","packages":[\#(rows.joined(separator: ","))]}"#
        )
    }
}

extension PubAPI {
    /// What is told of a package, on a page and by name: links that have the version in them.
    static func document(_ name: String, _ version: String) -> String {
        let links = #""homepage":"https://\#(name).test/\#(version)","repository":"https://git.test/\#(version)""#
        return #"{"name":"\#(name)","latest":{"version":"\#(version)","pubspec":{\#(links)}}}"#
    }

    /// The row of a list that says so.
    static func row(_ id: Int, _ name: String, _ version: String) -> String {
        "\(id) \(name) https://\(name).test/\(version) https://git.test/\(version)"
    }
}
