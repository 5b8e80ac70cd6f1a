import RegistryXML

/// A build of a package. Builds of one name are the same to a set.
///
/// Repositories have hundreds of thousands, so that each is one piece of memory: name, version and homepage in UTF-8,
/// with a zero between them, which XML cannot hold and which comes before all other bytes.
struct PackageBuild: Sendable {
    private let text: [UInt8]

    /// - Returns: nil for a package without a name or a version.
    init?(_ package: XMLRecord) {
        guard let name = package.text("name"), !name.isEmpty, let version = package.first("version"),
            let number = version.attribute("ver")
        else { return nil }
        let release = version.attribute("rel").map { "-\($0)" } ?? ""
        let whole = "\(version.attribute("epoch") ?? "0"):\(number)\(release)"
        text = Array([name, whole, package.text("url") ?? ""].joined(separator: "\0").utf8)
    }

    var name: String { part(0) }

    /// `epoch:version-release`
    var version: String { part(1) }

    /// Empty where the package names none.
    var homepage: String { part(2) }

    private func part(_ number: Int) -> String {
        String(
            decoding: text.split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false)[number], as: UTF8.self)
    }

    /// The bytes of the name, which end at the first zero.
    private var key: ArraySlice<UInt8> { text.prefix { $0 != 0 } }
}

extension PackageBuild: Hashable, Comparable {
    static func == (a: PackageBuild, b: PackageBuild) -> Bool { a.key == b.key }

    static func < (a: PackageBuild, b: PackageBuild) -> Bool { a.text.lexicographicallyPrecedes(b.text) }

    func hash(into hasher: inout Hasher) { hasher.combine(key) }
}
