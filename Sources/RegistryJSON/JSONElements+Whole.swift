/// A document that is whole in memory needs no bounds: all of it is read at once where all of it can be.
extension JSONElements {
    /// What ``JSONElements`` hands out of a document, and what it keeps, in a fraction of the time.
    ///
    /// - Throws: what that throws.
    public static func read(
        _ body: [UInt8], of container: String, keeping kept: [String] = []
    ) throws -> (elements: JSONElementList, kept: [String: JSONValue]) {
        if let document = try? JSONValue(body), document.hasOnce([container] + kept),
            let elements = JSONElementList(of: document, at: container)
        {
            return (elements, kept.reduce(into: [:]) { $0[$1] = document[$1] })
        }
        // Something in it cannot be read, or it is another document: this names what, and hands out the rest.
        var reader = JSONElements(of: [container], keeping: kept, limit: max(1, body.count))
        var elements: [JSONElement] = []
        reader.feed(body)
        while let element = try reader.next() { elements.append(element) }
        while let element = try reader.finish() { elements.append(element) }
        return (JSONElementList(elements), reader.kept)
    }
}

extension JSONValue {
    /// Whether it is an object of which none of these members stands there twice; false where one is a member's member.
    fileprivate func hasOnce(_ pointers: [String]) -> Bool {
        guard let members else { return false }
        var met: Set<String> = []
        for pointer in members.map({ JSONPlaces.pointer("", $0.key) }) where pointers.contains(pointer) {
            guard met.insert(pointer).inserted else { return false }
        }
        return pointers.allSatisfy { $0.dropFirst().contains("/") == false }
    }
}
