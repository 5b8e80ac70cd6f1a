import Foundation
import MiningStore
import RegistrySession

@testable import PackageMining

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

    /// Any recording is read or refused, and any question to it is answered or refused.
    static let recordedExchanges = FuzzProperty(
        "recorded-exchanges",
        seeds: [
            #"{"url":"https://a.test/","nth":1,"status":200,"headers":[],"body":"x"}"# + "\n",
            #"{"url":"https://a.test/","nth":1,"error":{"category":"absent","reason":"r","attempts":1}}"# + "\n",
        ]
    ) { bytes in
        withFolder { folder in
            let facts = #"{"format":1,"tool":"pkgmine","began":"2026-01-31T12:00:00Z"}"#
            try Data(facts.utf8).write(to: folder.appending(path: "recording.json"))
            try Data(bytes).write(to: folder.appending(path: "exchanges.ndjson"))
            _ = try? ReplayingSession(folder)
        }
    }

    /// Any file in the place of the state is opened or refused, and a refused one stays as it is.
    static let state = FuzzProperty("state", seeds: ["SQLite format 3\u{0}", ""]) { bytes in
        var isKept = true
        let failure = withFolder { folder in
            let files = StateFiles(outputFolder: folder, id: "fuzz")
            try FileManager.default.createDirectory(at: files.folder, withIntermediateDirectories: true)
            try Data(bytes).write(to: files.state)
            if (try? MiningStore(files)) == nil { isKept = try Data(contentsOf: files.state) == Data(bytes) }
        }
        return failure ?? (isKept ? nil : "a state that was refused has changed")
    }

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
