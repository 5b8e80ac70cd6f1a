import CRegistryJSON

/// A value of a JSON document: an object, an array, a text, a number, `true`, `false` or null.
///
/// ```swift
/// let package = try JSONValue(body)
/// let name = package["/info/name"]?.text
/// for link in package["/info/project_urls"]?.members ?? [] { … link.key, link.value.text … }
/// ```
///
/// Places are JSON pointers (RFC 6901): `/info/name`, `/items/0`, with `~1` for a slash and `~0` for a tilde in a key,
/// and the empty one for the value itself. Where an object has a key twice, the first holds for a pointer, and both are
/// among the ``members``.
public struct JSONValue: Sendable {
    let document: JSONDocument
    let place: registry_json_value

    init(_ document: JSONDocument, _ place: registry_json_value) {
        self.document = document
        self.place = place
    }

    /// Reads a document whole, what nobody asks for as well.
    ///
    /// - Throws: ``JSONError`` for bytes that are no JSON, cut off, not UTF-8, nested more than 1,024 deep, or with a
    ///   number of more than 64 bits or half a surrogate pair (`\ud800`), of which nothing true can be told.
    public init(_ body: [UInt8]) throws(JSONError) {
        let document = JSONDocument()
        self.init(document, try document.read(body))
    }

    /// The value at a place; nil where there is none.
    public subscript(_ pointer: String) -> JSONValue? {
        find(pointer, registry_json_at).map { JSONValue(document, $0) }
    }

    /// The text at a place, which is asked for most often.
    func text(at pointer: String) -> String? {
        find(pointer, registry_json_at).flatMap { string(registry_json_text_of($0)) }
    }

    /// The value of an object's member, whatever stands in its key.
    public func member(_ key: String) -> JSONValue? {
        find(key, registry_json_member).map { JSONValue(document, $0) }
    }

    private func find(
        _ text: String,
        _ find: (registry_json_value, UnsafePointer<CChar>?, Int, UnsafeMutablePointer<registry_json_value>?) -> Bool
    ) -> registry_json_value? {
        var text = text
        var found = registry_json_value()
        let isFound = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { find(place, $0.baseAddress, $0.count, &found) }
        }
        return isFound ? found : nil
    }
}

extension JSONValue {
    var kind: registry_json_kind { registry_json_kind_of(place) }

    var isContainer: Bool { kind == registry_json_array || kind == registry_json_object }

    public var isNull: Bool { kind == registry_json_null }

    /// Nil for all that is no text: a number, `true`, `false` and null are none.
    public var text: String? { string(registry_json_text_of(place)) }

    public var bool: Bool? { kind == registry_json_bool ? registry_json_bool_of(place) : nil }

    /// Nil for a number with a fraction or an exponent as well, and for one of more than 63 bits.
    public var integer: Int? {
        var integer: Int64 = 0
        return registry_json_integer_of(place, &integer) ? Int(integer) : nil
    }

    /// As JSON without white space.
    public var json: String {
        var json = ""
        withUnsafeMutablePointer(to: &json) { json in
            registry_json_write(place, json) { json, bytes, count in
                let text = string(registry_json_text(bytes: bytes, count: count))
                json?.assumingMemoryBound(to: String.self).pointee = text ?? ""
            }
        }
        return json
    }
}

/// A member of an object.
public struct JSONMember: Sendable {
    public let key: String
    public let value: JSONValue
}

extension JSONValue {
    /// Of an array; nil for all else.
    public var elements: [JSONValue]? {
        kind == registry_json_array ? children().map(\.value) : nil
    }

    /// Of an object, as the document orders them; nil for all else.
    public var members: [JSONMember]? {
        kind == registry_json_object ? children().map { JSONMember(key: $0.key ?? "", value: $0.value) } : nil
    }

    /// The elements of an array, or the members of an object with their keys.
    func children() -> [(key: String?, value: JSONValue)] {
        withChildren { children, keys in
            zip(children, keys).map { (string($1), JSONValue(document, $0)) }
        }
    }

    func withChildren<Result>(
        _ body: (UnsafeBufferPointer<registry_json_value>, UnsafeBufferPointer<registry_json_text>) -> Result
    ) -> Result {
        let count = registry_json_children(place, nil, nil, 0)
        let children = UnsafeMutableBufferPointer<registry_json_value>.allocate(capacity: count)
        let keys = UnsafeMutableBufferPointer<registry_json_text>.allocate(capacity: count)
        keys.initialize(repeating: registry_json_text())
        defer {
            children.deallocate()
            keys.deallocate()
        }
        registry_json_children(place, children.baseAddress, keys.baseAddress, count)
        return body(UnsafeBufferPointer(children), UnsafeBufferPointer(keys))
    }
}

func string(_ text: registry_json_text) -> String? {
    text.bytes.map { String(decoding: UnsafeRawBufferPointer(start: $0, count: text.count), as: UTF8.self) }
}

/// The text as JSON writes it, in its quotes (https://www.rfc-editor.org/rfc/rfc8259#section-7).
public func jsonText(_ text: String) -> String {
    let body = text.unicodeScalars.reduce(into: "") { body, scalar in
        switch scalar {
        case "\"", "\\": body += "\\\(scalar)"
        case "\0"..<" ":
            let digits = String(scalar.value, radix: 16)
            body += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: body.unicodeScalars.append(scalar)
        }
    }
    return "\"\(body)\""
}
