import Foundation
import MiningStore
import PackageMining
import RegistryHTTP

extension FuzzProperty {
    /// Fields that are written read back the same, by a slow reader that knows RFC 4180 and nothing else.
    static let csv = FuzzProperty("csv", seeds: ["a,b\"c\nd", "\r", "\"", "plain"]) { bytes in
        let fields = bytes.split(separator: 0, omittingEmptySubsequences: false)
        var row: [UInt8] = []
        for (index, field) in fields.enumerated() {
            if index > 0 { row.append(CSV.comma) }
            CSV.append(field, to: &row)
        }
        row.append(CSV.newline)
        return read(row) == fields.map(Array.init) ? nil : "written as \(row)"
    }

    private static func read(_ row: [UInt8]) -> [[UInt8]] {
        var fields: [[UInt8]] = [[]]
        var isQuoted = false
        var index = 0
        while index < row.count {
            let byte = row[index]
            if isQuoted, byte == CSV.quote, index + 1 < row.count, row[index + 1] == CSV.quote {
                fields[fields.count - 1].append(byte)
                index += 1
            } else if byte == CSV.quote {
                isQuoted.toggle()
            } else if byte == CSV.comma, !isQuoted {
                fields.append([])
            } else if byte == CSV.newline, !isQuoted {
                break
            } else {
                fields[fields.count - 1].append(byte)
            }
            index += 1
        }
        return fields
    }

    /// Any recording is read or refused, and so is each exchange that it holds.
    static let recordedExchanges = FuzzProperty(
        "recorded-exchanges",
        seeds: [
            #"{"url":"https://a.test/","nth":1,"status":200,"headers":[],"body":"x"}"# + "\n",
            #"{"url":"https://a.test/","nth":1,"error":{"category":"absent","reason":"r","attempts":1}}"# + "\n",
            #"{"url":"https://a.test/","bodyBase64":"AAECAw==","finalURL":"https://b.test/","headers":[]}"#,
        ]
    ) { bytes in
        guard let index = try? ExchangeIndex(Data(bytes)) else { return nil }
        for place in index.places.values.joined() {
            guard bytes.indices.contains(place.lowerBound), place.upperBound <= bytes.count else {
                return "an exchange at \(place) of \(bytes.count) bytes"
            }
            let exchange = try? JSONDecoder().decode(RecordedExchange.self, from: Data(bytes[place]))
            _ = exchange?.failure()
            _ = try? exchange?.response()
        }
        return index.end + index.torn == bytes.count ? nil : "\(index.end) and \(index.torn) of \(bytes.count) bytes"
    }

    /// Any answer is written and reads back the same, in one line.
    static let recordedExchange = FuzzProperty(
        "recorded-exchange",
        seeds: ["text", "{\"Path\":\"x\"}\n", "\u{0}é\u{2028}\u{FEFF}\r\n", "\u{FFFD}", "://user:word@b.test/"]
    ) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        let response = Response(
            status: 200, url: "https://a.test/\(text)", headers: [Header("ETag", text)], body: bytes)
        var exchange = RecordedExchange(Request("https://a.test/" + text), nth: 1)
        exchange.set(response)
        guard let line = try? JSONEncoder().encode(exchange), !line.contains(0x0A) else { return "no line" }
        guard let index = try? ExchangeIndex(line + [0x0A]), index.places.count == 1,
            let again = try? JSONDecoder().decode(RecordedExchange.self, from: line), let read = try? again.response()
        else { return "not read back" }
        let isSame =
            read.body == bytes && read.header("ETag")?.utf8.elementsEqual(text.utf8) == true
            && read.url.utf8.elementsEqual(urlWithoutCredentials(response.url).utf8)
        return isSame ? nil : "read back as \(read)"
    }

    /// Any file in the place of the state is opened or refused, and a refused one stays as it is.
    static let state = FuzzProperty(
        "state", seeds: [Array("SQLite format 3\u{0}".utf8), [], emptyState], rounds: 50
    ) { bytes in
        var isKept = true
        let failure = withFolder { folder in
            let files = StateFiles(outputFolder: folder, id: "fuzz")
            try FileManager.default.createDirectory(at: files.folder, withIntermediateDirectories: true)
            try Data(bytes).write(to: files.state)
            if (try? MiningStore(files)) == nil { isKept = try Data(contentsOf: files.state) == Data(bytes) }
        }
        return failure ?? (isKept ? nil : "a state that was refused has changed")
    }

    /// A state as it is made, with its tables.
    private static let emptyState: [UInt8] = {
        var bytes: [UInt8] = []
        let failure = withFolder { folder in
            let files = StateFiles(outputFolder: folder, id: "fuzz")
            do { _ = try MiningStore(files) }
            bytes = Array(try Data(contentsOf: files.state))
        }
        return failure == nil ? bytes : []
    }()

    private static func withFolder(_ body: (URL) throws -> Void) -> String? {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pkgmine-fuzz-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try body(folder)
            return nil
        } catch {
            return "\(error)"
        }
    }
}
