import Foundation

/// What the manifest says of one list: its files, and how it was mined.
struct ListEntry: Codable {
    let path: String
    let title: String
    let file: FileFacts
    let problems: FileFacts?

    /// Nil where it was not asked for.
    var outcomes: FileFacts?

    let header: [String]
    let mining: Mining

    /// The last audit of the list, or of the one before it; nil where there was none.
    var audit: Audit?

    struct FileFacts: Codable, Equatable {
        let path: String
        let rows: Int
        let bytes: Int
        let sha256: String

        init(path: String, rows: Int, bytes: Int, sha256: String) {
            self.path = path
            self.rows = rows
            self.bytes = bytes
            self.sha256 = sha256
        }

        init(_ published: (file: PublishedFile, rows: Int)) {
            path = published.file.url.lastPathComponent
            rows = published.rows
            bytes = published.file.bytes
            sha256 = published.file.sha256
        }
    }

    /// Where a list came from, and how its last run went.
    struct Mining: Codable {
        let ecosystem: String
        let platform: String
        let purlType: String
        /// Where it was asked for, without credentials: name and URL.
        let registries: [String: String]
        /// Where the list's registry was before it moved; absent where it has not.
        var movedFrom: [String]?
        let options: [String: String]
        /// The key that signs what it was made from; absent where none does.
        var signedBy: String?
        /// Whether its signature was verified; absent where it has none.
        var signature: String?
        /// When the registry made the list, where it says so.
        var registryTime: Date?
        let began: Date
        let finished: Date
        /// False for the first packages only, and for a list whose packages were not looked up.
        let isWhole: Bool
        let isResolved: Bool
        let outcomes: [String: Int]
        /// What is not settled or not right, by kind, and the same in words; no words where all is right.
        let problems: [String: Int]
        let problemsInWords: String?
        /// Packages whose links had a user and password, which the list does not have.
        var passwordsLeftOut: Int?
        let requests: Int
        let retries: Int
        let tool: String
    }

    /// The entry as resources of the data package.
    var resources: [Resource] {
        let list = Resource(
            name: mining.ecosystem, title: title, facts: file, schema: .list(header), mining: mining, audit: audit)
        let others = [
            beside("problems", "What is not settled or not right in \(file.path)", problems, .problems),
            beside("outcomes", "How the look-up of each package of \(file.path) ended", outcomes, .outcomes),
        ]
        return [list] + others.compactMap(\.self) + audited
    }

    private func beside(_ what: String, _ title: String, _ facts: FileFacts?, _ schema: Resource.Schema) -> Resource? {
        facts.map {
            Resource(name: "\(mining.ecosystem)-\(what)", title: title, facts: $0, schema: schema, mining: nil)
        }
    }

    private var audited: [Resource] { audit?.resources(of: mining.ecosystem, file: file.path) ?? [] }
}

/// A resource of a data package (https://specs.frictionlessdata.io/tabular-data-resource/).
struct Resource: Encodable {
    let name: String
    let title: String
    let path: String
    let profile = "tabular-data-resource"
    let format = "csv"
    let mediatype = "text/csv"
    let encoding = "utf-8"
    let compression: String?
    let bytes: Int
    let hash: String
    let rows: Int
    let dialect = ["delimiter": ",", "lineTerminator": "\n", "quoteChar": "\""]
    let schema: Schema
    let pkgmine: ListEntry.Mining?

    /// What the list was held against, beside what is said of its mining.
    let audit: ListEntry.Audit?

    init(
        name: String, title: String, facts: ListEntry.FileFacts, schema: Schema, mining: ListEntry.Mining?,
        audit: ListEntry.Audit? = nil
    ) {
        self.audit = audit
        self.name = name
        self.title = title
        path = facts.path
        compression = facts.path.lowercased().hasSuffix(".gz") ? "gz" : nil
        bytes = facts.bytes
        hash = "sha256:\(facts.sha256)"
        rows = facts.rows
        self.schema = schema
        pkgmine = mining
    }
}
