package import Foundation

/// Where the exchanges of each URL lie in `exchanges.ndjson`, in order. Bodies are read only when they are asked for.
package struct ExchangeIndex {
    package private(set) var places: [String: [Range<Int>]] = [:]

    /// Where the last whole exchange ends.
    package private(set) var end = 0

    /// The bytes of a last line that was not written to its end.
    package private(set) var torn = 0

    /// Whether the last exchange lacks its line end, as one written by hand may.
    private(set) var lacksLineEnd = false

    private struct Key: Decodable {
        let url: String
    }

    var counts: [String: Int] { places.mapValues(\.count) }

    package init(_ content: Data) throws {
        let decoder = JSONDecoder()
        var number = 0
        while let newline = content[(content.startIndex + end)...].firstIndex(of: 0x0A) {
            let line = end..<(newline - content.startIndex)
            end = line.upperBound + 1
            number += 1
            if line.isEmpty { continue }
            let bytes = content[(content.startIndex + line.lowerBound)..<newline]
            guard let key = try? decoder.decode(Key.self, from: bytes) else {
                throw RecordingError("line \(number) of \(RecordingFacts.exchanges) is no exchange")
            }
            places[key.url, default: []].append(line)
        }
        takeTail(of: content, decoder)
    }

    /// A line without its end: an exchange if it is one, since no part of a JSON object is another.
    private mutating func takeTail(of content: Data, _ decoder: JSONDecoder) {
        let tail = end..<content.count
        guard !tail.isEmpty else { return }
        let bytes = content[(content.startIndex + tail.lowerBound)...]
        guard let key = try? decoder.decode(Key.self, from: bytes) else {
            torn = tail.count
            return
        }
        places[key.url, default: []].append(tail)
        end = tail.upperBound
        lacksLineEnd = true
    }

    /// What was mended, for whoever reads or goes on with the recording.
    var notice: String? {
        torn == 0 ? nil : "dropped a last line of \(torn) bytes that was not written to its end"
    }

    /// The index of the file at `path`, which need not exist; a last line that is torn is cut off.
    static func mending(_ path: String) throws -> ExchangeIndex {
        guard FileManager.default.fileExists(atPath: path) else { return try ExchangeIndex(Data()) }
        let content = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
        let index = try ExchangeIndex(content)
        if index.torn > 0, truncate(path, off_t(index.end)) != 0 {
            throw RecordingError("\(path) cannot be mended: \(String(cString: strerror(errno)))")
        }
        return index
    }
}
