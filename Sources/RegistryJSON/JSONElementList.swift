import CRegistryJSON

/// The elements of a large array, or the members of a large object, each made when it is asked for.
public struct JSONElementList: RandomAccessCollection {
    private enum Source {
        case document(JSONDocument, at: String, [registry_json_value], keys: [registry_json_text])
        case elements([JSONElement])
    }

    private let source: Source
    public let endIndex: Int
    public var startIndex: Int { 0 }

    init(_ elements: [JSONElement]) {
        source = .elements(elements)
        endIndex = elements.count
    }

    /// Nil where no array and no object is there.
    init?(of document: JSONValue, at pointer: String) {
        guard let container = document[pointer], container.isContainer else { return nil }
        let isObject = container.kind == registry_json_object
        let (children, keys) = container.withChildren { (Array($0), isObject ? Array($1) : []) }
        source = .document(container.document, at: pointer, children, keys: keys)
        endIndex = children.count
    }

    public subscript(index: Int) -> JSONElement {
        switch source {
        case .elements(let elements): elements[index]
        case .document(let document, let container, let children, let keys):
            JSONElement(
                container: container, index: index, key: keys.isEmpty ? nil : string(keys[index]),
                value: .success(JSONValue(document, children[index])))
        }
    }
}
