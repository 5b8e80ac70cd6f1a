/// A place in what Go modules are listed from.
public enum GoCursor: Sendable {
    case index(IndexCursor)
    case tree(TreeCursor)

    package var index: IndexCursor? { if case .index(let cursor) = self { cursor } else { nil } }
    var tree: TreeCursor? { if case .tree(let cursor) = self { cursor } else { nil } }
}

/// As JSON each is its own cursor: that of the index has been stored so since there was no other.
extension GoCursor: Codable {
    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: TreeKey.self).allKeys
        self = try keys.isEmpty ? .index(IndexCursor(from: decoder)) : .tree(TreeCursor(from: decoder))
    }

    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .index(let cursor): try cursor.encode(to: encoder)
        case .tree(let cursor): try cursor.encode(to: encoder)
        }
    }

    private enum TreeKey: String, CodingKey {
        case opening, groups
    }
}
