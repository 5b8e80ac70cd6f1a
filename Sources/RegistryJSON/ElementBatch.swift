import CRegistryJSON

/// Some elements that stand one behind another, read at once: for a small one, beginning to read takes as long as
/// reading.
struct ElementBatch {
    private var document = JSONDocument()
    private var children: [registry_json_value] = []
    private var keys: [registry_json_text] = []

    /// The elements one by one, where they cannot be read at once.
    private var alone: [[UInt8]] = []
    private var handedOut = 0

    /// Whether all could be read.
    var isReadable: Bool { alone.isEmpty }

    /// - Parameters:
    ///   - bytes: the elements with the commas between them.
    ///   - ends: where each ends, counted from the first byte.
    mutating func read(_ bytes: ArraySlice<UInt8>, ends: [Int], inObject isObject: Bool) {
        handedOut = 0
        alone = []
        (children, keys) = parse(bytes, inObject: isObject) ?? ([], [])
        if children.count != ends.count { alone = Self.elements(of: bytes, ends: ends) }
    }

    private static func elements(of bytes: ArraySlice<UInt8>, ends: [Int]) -> [[UInt8]] {
        zip([0] + ends.map { $0 + 1 }, ends).map { Array(bytes[bytes.startIndex + $0..<bytes.startIndex + $1]) }
    }

    private mutating func parse(
        _ bytes: ArraySlice<UInt8>, inObject isObject: Bool
    ) -> ([registry_json_value], [registry_json_text])? {
        // Who still has a value of those before keeps the document that they are in.
        if !isKnownUniquelyReferenced(&document) { document = JSONDocument() }
        guard let root = try? document.read(bracketed(bytes, inObject: isObject)) else { return nil }
        return JSONValue(document, root).withChildren { (Array($0), Array($1)) }
    }

    private var count: Int { alone.isEmpty ? children.count : alone.count }

    mutating func passOver() { handedOut = count }

    /// The next element; nil where all were handed out.
    mutating func next(of container: String, from first: Int, inObject isObject: Bool) -> JSONElement? {
        let place = handedOut
        guard place < count else { return nil }
        handedOut += 1
        if !alone.isEmpty { return single(alone[place], of: container, at: first + place, inObject: isObject) }
        return JSONElement(
            container: container, index: first + place, key: string(keys[place]),
            value: .success(JSONValue(document, children[place])))
    }

    private func single(
        _ bytes: [UInt8], of container: String, at index: Int, inObject isObject: Bool
    ) -> JSONElement {
        do throws(JSONError) {
            let children = try JSONValue(bracketed(bytes[...], inObject: isObject)).children()
            guard children.count == 1 else { throw JSONError("nothing stands where an element should") }
            return JSONElement(
                container: container, index: index, key: children[0].key, value: .success(children[0].value))
        } catch {
            let key = isObject ? Self.key(of: bytes) : nil
            return JSONElement(container: container, index: index, key: key, value: .failure(error))
        }
    }

    /// The key of a member whose value cannot be read.
    private static func key(of member: [UInt8]) -> String? {
        let member = member.drop(while: isJSONSpace)
        guard let length = keyLength(member) else { return nil }
        return try? JSONValue(Array(member.prefix(length))).text
    }
}

/// How many bytes the string has that these bytes begin with; nil where they do not, and where it does not end.
func keyLength(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard bytes.first == UInt8(ascii: "\"") else { return nil }
    var at = bytes.startIndex + 1
    while at < bytes.endIndex {
        if bytes[at] == UInt8(ascii: "\"") { return at + 1 - bytes.startIndex }
        at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
}

private func bracketed(_ bytes: ArraySlice<UInt8>, inObject isObject: Bool) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + 2)
    text.append(UInt8(ascii: isObject ? "{" : "["))
    text += bytes
    text.append(UInt8(ascii: isObject ? "}" : "]"))
    return text
}
