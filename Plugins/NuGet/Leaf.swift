import RegistryJSON

/// What an event's own document tells.
struct Leaf: Sendable {
    let isListed: Bool
    let homepage: String?

    init(_ document: JSONDocument) {
        isListed = NuGetMiner.isListed(document.text("listed"), published: document.text("published"))
        homepage = document.text("projectUrl")
    }
}

extension NuGetMiner {
    /// Where nobody says so, a version is unlisted that was published in the year 1900 (NuGet.Protocol.Catalog).
    static func isListed(_ listed: String?, published: String?) -> Bool {
        listed.map { $0 == "true" } ?? !(published ?? "").hasPrefix("1900")
    }
}
