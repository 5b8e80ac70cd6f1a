import RegistryJSON

/// What an event's own document tells.
struct Leaf: Sendable {
    let isListed: Bool
    let homepage: String?

    init(_ document: JSONValue) {
        isListed = NuGetMiner.isListed(document)
        homepage = document["/projectUrl"]?.text
    }
}

extension NuGetMiner {
    /// Where nobody says so, a version is unlisted that was published in the year 1900 (NuGet.Protocol.Catalog).
    static func isListed(_ version: JSONValue) -> Bool {
        version["/listed"]?.bool ?? !(version["/published"]?.text ?? "").hasPrefix("1900")
    }
}
