import PackageMining

/// A package with a release, as a list's packages are held.
struct HeldPackage: Sendable {
    /// Name, version, homepage, repository and, where it is not the name, the key, in UTF-8, with a byte between them
    /// that UTF-8 does not have.
    let text: ArraySlice<UInt8>

    let place: Int64

    private static let separator: UInt8 = 0xFF

    init(name: String, key: String?, _ release: Release) {
        let texts = [name, release.version, release.homepage ?? "", release.repository ?? "", key].compactMap(\.self)
        self.init(Array(texts.map(\.utf8).joined(separator: [Self.separator]))[...], at: release.place)
    }

    init(_ text: ArraySlice<UInt8>, at place: Int64) {
        self.text = text
        self.place = place
    }

    func at(_ place: Int64) -> HeldPackage { HeldPackage(text, at: place) }

    var name: String { string(nameBytes) }

    var ownKey: String? {
        let parts = parts
        return parts.count == 5 ? string(parts[4]) : nil
    }

    var release: Release {
        let texts = parts[1...3].map { $0.isEmpty ? nil : string($0) }
        return Release(version: texts[0] ?? "", place: place, homepage: texts[1], repository: texts[2])
    }

    /// What tells packages apart.
    var key: ArraySlice<UInt8> {
        let parts = parts
        return parts.count == 5 ? parts[4] : parts[0]
    }

    func precedes(_ other: HeldPackage) -> Bool {
        place == other.place ? nameBytes.lexicographicallyPrecedes(other.nameBytes) : place < other.place
    }

    private var parts: [ArraySlice<UInt8>] { text.split(separator: Self.separator, omittingEmptySubsequences: false) }

    private var nameBytes: ArraySlice<UInt8> { text.prefix { $0 != Self.separator } }

    private func string(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
