/// A Package ID: 1, 2, 3 … in order of first appearance in the registry's list. Given once.
public struct PackageID: RawRepresentable, Hashable, Comparable, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    public static func < (a: PackageID, b: PackageID) -> Bool { a.rawValue < b.rawValue }

    /// The ID so many behind this one.
    func advanced(by count: Int) -> PackageID { PackageID(rawValue: rawValue + count) }
}

extension PackageID: ExpressibleByIntegerLiteral, CustomStringConvertible {
    public init(integerLiteral value: Int) { self.init(rawValue: value) }

    public var description: String { "\(rawValue)" }
}
