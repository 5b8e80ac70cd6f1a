import Foundation
package import PackageMining

/// A line of `exchanges.ndjson`: how one request ended.
package struct RecordedExchange: Codable {
    struct Failure: Codable {
        var category: WireError.Category
        var reason: String
        var status: Int?
        var attempts: Int?

        /// In seconds since 1970.
        var mayBeAskedAt: Double?
    }

    var url: String

    /// The how-manieth request for this URL it was, from 1. For the reader; a replay goes by the order of the lines.
    var nth: Int?

    /// Where the answer came from, when that is not `url`.
    var finalURL: String?
    var status: Int?
    var headers: [Header]?
    var body: String?
    var bodyBase64: String?

    /// Whether only the beginning of the body was taken.
    var isCut: Bool?

    /// The file beside that holds a download's bytes.
    var bodyFile: String?
    var error: Failure?

    package init(_ request: Request, nth: Int) {
        url = urlWithoutCredentials(request.url)
        self.nth = nth
    }

    package mutating func set(_ response: Response) {
        status = response.status
        let final = urlWithoutCredentials(response.url)
        finalURL = final == url ? nil : final
        headers = response.headers.filter { !isPrivate($0) }
        isCut = response.isCut ? true : nil
        if let text = String(validating: response.body, as: UTF8.self) {
            body = text
        } else {
            bodyBase64 = Data(response.body).base64EncodedString()
        }
    }

    mutating func set(_ error: WireError) {
        self.error = Failure(
            category: error.category, reason: error.reason, status: error.status, attempts: error.attempts,
            mayBeAskedAt: error.mayBeAskedAt?.timeIntervalSince1970)
    }

    package func failure() -> WireError? {
        error.map {
            WireError(
                $0.category, url: url, $0.reason, status: $0.status, attempts: $0.attempts ?? 1,
                mayBeAskedAt: $0.mayBeAskedAt.map(Date.init(timeIntervalSince1970:)))
        }
    }

    /// The answer with the body of this line.
    package func response() throws -> Response {
        let bytes = try bodyBase64.map(decodeBase64) ?? Array((body ?? "").utf8)
        return Response(
            status: status ?? 200, url: finalURL ?? url, headers: headers ?? [], body: bytes, isCut: isCut ?? false)
    }

    private func decodeBase64(_ text: String) throws -> [UInt8] {
        guard let data = Data(base64Encoded: text) else {
            throw WireError(.refused, url: url, "bodyBase64 of the recording is not base64")
        }
        return [UInt8](data)
    }

    private func isPrivate(_ header: Header) -> Bool {
        ["set-cookie", "set-cookie2", "authorization", "proxy-authorization", "cookie"]
            .contains(header.name.lowercased())
    }
}

/// `recording.json`.
struct RecordingFacts: Codable {
    static let name = "recording.json"
    static let exchanges = "exchanges.ndjson"

    var format = 1
    var tool: String?
    var began: Date

    static func read(in folder: URL) throws -> RecordingFacts {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        let facts = try decoder.decode(
            RecordingFacts.self, from: Data(contentsOf: folder.appendingPathComponent(name)))
        guard facts.format == 1 else {
            throw RecordingError("recording of format \(facts.format) in \(folder.path); this tool reads format 1")
        }
        return facts
    }
}

/// Why a recording cannot be written or read.
public struct RecordingError: Error, CustomStringConvertible {
    public let description: String

    init(_ text: String) {
        description = printable(text)
    }
}
