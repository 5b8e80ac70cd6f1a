import Foundation

/// Where the exchanges of each URL lie in `exchanges.ndjson`, in order. Bodies are read only when they are asked for.
struct ExchangeIndex {
    private(set) var places: [String: [Range<Int>]] = [:]

    /// Where the last whole line ends.
    private(set) var end = 0

    private struct Key: Decodable {
        let url: String
    }

    var counts: [String: Int] { places.mapValues(\.count) }

    init(_ content: Data) throws {
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
    }

    /// The index of the file at `path`, which need not exist; a last line without its end is cut off, and its size
    /// in bytes returned.
    static func mending(_ path: String) throws -> (ExchangeIndex, torn: Int) {
        guard FileManager.default.fileExists(atPath: path) else { return (try ExchangeIndex(Data()), 0) }
        let content = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
        let index = try ExchangeIndex(content)
        let torn = content.count - index.end
        if torn > 0, truncate(path, off_t(index.end)) != 0 {
            throw RecordingError("\(path) cannot be mended: \(String(cString: strerror(errno)))")
        }
        return (index, torn)
    }
}
