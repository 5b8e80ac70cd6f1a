/// An element that was wanted, with what was wanted of it.
public struct XMLRecord: Hashable, Sendable {
    public struct Attribute: Hashable, Sendable {
        /// The local name.
        public let name: String
        /// The name space; empty where there is none.
        public let namespace: String
        public let value: String
    }

    /// The local name.
    public let name: String

    /// The name space; empty where there is none.
    public let namespace: String

    public let attributes: [Attribute]

    /// The text that lies directly inside the element, exactly as it is written there. Empty where it was not wanted.
    public internal(set) var text = ""

    /// The wanted elements inside, in their order.
    public internal(set) var children: [XMLRecord] = []

    /// The value of an attribute, by its local name.
    public func attribute(_ name: String) -> String? {
        attributes.first { $0.name == name }?.value
    }

    /// The elements of that local name directly inside.
    public func all(_ name: String) -> [XMLRecord] {
        children.filter { $0.name == name }
    }

    /// The first element at a path of local names, as in `scm/url`.
    public func first(_ path: String) -> XMLRecord? {
        path.split(separator: "/").reduce(self as XMLRecord?) { record, name in
            record?.children.first { $0.name == name }
        }
    }

    /// The text of the first element at a path.
    public func text(_ path: String) -> String? {
        first(path)?.text
    }
}
