import ContentInflation
import Foundation

/// What the manifest says of a list that was audited in a folder and not mined into it.
struct AuditedList: Codable {
    let ecosystem: String
    let title: String
    let file: ListEntry.FileFacts
    let header: [String]
    let audit: ListEntry.Audit

    /// - Returns: nil where the list cannot be read.
    init?(of ecosystem: Ecosystem, at list: URL, rows: Int, _ audit: ListEntry.Audit) throws {
        guard let sha256 = audit.listSHA256, let handle = FileHandle(forReadingAtPath: list.path) else { return nil }
        let line = try Self.beginning(handle).prefix { $0 != CSV.newline }
        let found = ListHeader.allCases.first { $0.columns.joined(separator: ",").utf8.elementsEqual(line) }
        self.ecosystem = ecosystem.id
        title = "All packages of \(ecosystem.platform)"
        file = ListEntry.FileFacts(
            path: list.lastPathComponent, rows: rows, bytes: Int(try handle.seekToEnd()), sha256: sha256)
        header = (found ?? .standard).columns
        self.audit = audit
    }

    private static func beginning(_ file: FileHandle) throws -> [UInt8] {
        let bytes = try file.read(upToCount: 1 << 12).map { [UInt8]($0) } ?? []
        guard bytes.starts(with: [0x1F, 0x8B]) else { return bytes }
        var taken = 0
        return try GzipDecoder().decode(bytes, from: &taken, atMost: 1 << 12)
    }

    var resources: [Resource] {
        let name = "\(ecosystem)-audited"
        let list = Resource(
            name: name, title: title, facts: file, schema: .list(header), mining: nil, audit: audit)
        return [list] + audit.resources(of: name, file: file.path)
    }
}
