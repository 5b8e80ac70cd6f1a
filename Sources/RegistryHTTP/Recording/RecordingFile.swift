import Foundation
import PackageMining
import Synchronization

/// The folder of a recording, open for appending.
final class RecordingFile: Sendable {
    private struct State {
        var nth: [String: Int] = [:]
        var bodies = 0
    }

    let began: Date
    let notice: String?
    private let folder: URL
    private let lines: PrivateFile
    private let state: Mutex<State>

    init(_ folder: URL, tool: String, began: Date) throws {
        self.folder = folder
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        self.began = try Self.beginOrGoOn(folder, tool: tool, began: began)
        let path = folder.appendingPathComponent(RecordingFacts.exchanges).path
        let index = try ExchangeIndex.mending(path)
        notice = index.notice
        lines = try PrivateFile(appendingTo: path, name: RecordingFacts.exchanges)
        if index.lacksLineEnd { try lines.write([0x0A]) }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let bodies = names.compactMap { $0.hasPrefix("download-") ? Int($0.dropFirst(9).prefix(6)) : nil }
        state = Mutex(State(nth: index.counts, bodies: bodies.max() ?? 0))
    }

    /// Appends a line in one write, so that a kill leaves at most the last one cut.
    func append(_ request: Request, _ fill: (inout RecordedExchange) -> Void) throws {
        try state.withLock { state in
            let url = urlWithoutCredentials(request.url)
            let nth = state.nth[url, default: 0] + 1
            var exchange = RecordedExchange(request, nth: nth)
            fill(&exchange)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            try lines.write([UInt8](encoder.encode(exchange)) + [0x0A])
            state.nth[url] = nth
        }
    }

    func beginBody() throws -> PrivateFile {
        let number = state.withLock { state in
            state.bodies += 1
            return state.bodies
        }
        let digits = String(number)
        let name = "download-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".bin"
        return try PrivateFile(appendingTo: folder.appendingPathComponent(name).path, name: name)
    }

    private static func beginOrGoOn(_ folder: URL, tool: String, began: Date) throws -> Date {
        let place = folder.appendingPathComponent(RecordingFacts.name)
        if FileManager.default.fileExists(atPath: place.path) { return try RecordingFacts.read(in: folder).began }
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.sortedKeys]
        let file = try PrivateFile(appendingTo: place.path, name: RecordingFacts.name)
        defer { file.close() }
        // Whole seconds, as the file holds them: the run that is recorded goes by the same start as its replay.
        let start = Date(timeIntervalSince1970: began.timeIntervalSince1970.rounded(.down))
        try file.write([UInt8](encoder.encode(RecordingFacts(tool: tool, began: start))))
        return start
    }
}
