import Foundation
import MinerHarness
import MinerTestKit

/// A dump of crates.io as a test writes it.
struct CrateDump {
    static let url = "https://crates.test/db-dump.tar.gz"

    /// The archive's one folder.
    var folder: String
    var metadata: String

    /// `data/crates.csv`; nil where there is none.
    var table: [UInt8]?

    /// Members in front of it and behind it, by their whole names.
    var before: [(name: String, text: String)] = []
    var behind: [(name: String, text: String)] = []

    /// - Parameter day: of January 2020, when it was made.
    init(_ table: String?, folder: String = "2020", on day: Int = 2) {
        self.folder = folder
        self.table = table.map { Array($0.utf8) }
        metadata = "{\"timestamp\":\"2020-01-0\(day)T00:00:00Z\"}"
    }

    var archive: [UInt8] {
        var archive = TarWriter()
        archive.addFile("\(folder)/metadata.json", Array(metadata.utf8))
        for member in before { archive.addFile(member.name, Array(member.text.utf8)) }
        if let table { archive.addFile("\(folder)/data/crates.csv", table) }
        for member in behind { archive.addFile(member.name, Array(member.text.utf8)) }
        archive.end()
        return archive.bytes
    }

    var bytes: [UInt8] { gzip(archive) }

    /// What a fixture's folder is served as.
    static func packed(fixture: String) throws -> [UInt8] {
        var archive = TarWriter()
        for file in try Places.files(of: fixture) { archive.addFile(file.path, file.bytes) }
        archive.end()
        return gzip(archive.bytes)
    }
}
