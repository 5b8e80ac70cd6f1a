/// The data package of a comparison (https://specs.frictionlessdata.io/data-package).
struct StudyManifest: Codable {
    static let profile = "pkgmine-compare"

    struct Resource: Codable {
        var name: String
        var path: String
        var profile = "tabular-data-resource"
        var format = "csv"
        var mediatype = "text/csv"
        var encoding = "utf-8"
        /// Nil for a plain file.
        var compression: String?
        var bytes: Int
        /// `sha256:` and the digits.
        var hash: String?
        var rows: Int
        var schema: Schema
    }

    struct Schema: Codable {
        var fields: [Field]
        var missingValues: [String] = []
    }

    struct Field: Codable {
        var name: String
        var type: String
        var description: String?
    }

    var name = StudyManifest.profile
    var profile = "tabular-data-package"
    var title = "Repositories shared by package ecosystems"
    var match: String
    var inferred: Bool
    var ecosystems: [String]
    var resources: [Resource]
}
