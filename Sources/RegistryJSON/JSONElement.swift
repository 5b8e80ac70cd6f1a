/// An element of a large array, or a member of a large object.
public struct JSONElement: Sendable {
    /// Where the container is, as a JSON pointer.
    public let container: String

    /// Counted from 0, in the order of the document.
    public let index: Int

    /// A member's key; nil for an array's element, and where the key cannot be read.
    public let key: String?

    /// The value, or why it cannot be read; those behind it can. Who keeps it keeps some thousand of its neighbours too.
    public let value: Result<JSONValue, JSONError>

    /// What names it: `element 12 of '/rows'`, `'left-pad' of '/packages'`.
    public var place: String {
        let container = container.isEmpty ? "the document" : "'\(container)'"
        return key.map { "'\($0)' of \(container)" } ?? "element \(index) of \(container)"
    }
}

extension JSONValue {
    /// The elements of an array, or the members of an object, as ``JSONElements`` hands them out; nil for all else.
    ///
    /// - Parameter pointer: where the container is.
    public func elements(at pointer: String) -> [JSONElement]? {
        JSONElementList(of: self, at: pointer).map(Array.init)
    }

    /// The same of a place that has a container.
    ///
    /// - Throws: ``JSONError`` where it has none.
    public func neededElements(at pointer: String) throws(JSONError) -> [JSONElement] {
        if let elements = elements(at: pointer) { return elements }
        throw JSONError("it has no elements\(pointer.isEmpty ? "" : " at '\(pointer)'")")
    }
}
