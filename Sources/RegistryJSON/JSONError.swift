import CRegistryJSON

/// Why something is no JSON value, or not the one that was wanted.
public struct JSONError: Error, Hashable, CustomStringConvertible {
    public let description: String

    /// simdjson's EMPTY.
    static let emptyCode: Int32 = 12

    init(_ code: Int32) {
        description = String(cString: registry_json_error(code))
    }

    public init(_ description: String) {
        self.description = description
    }
}
