public import PackageMining
public import RegistryJSON

extension Response {
    /// The document that an answer with status 200 holds in JSON.
    ///
    /// - Parameter parts: what it must have. A document that lacks one of them is not what was asked for.
    /// - Throws: a ``WireError`` for any other answer: where it is no such JSON, it is worth another attempt.
    public func json(having parts: JSONPart...) throws -> JSONValue { try json(having: parts) }

    /// The document of an answer with another status than 200, where that is how the registry says what is wanted.
    public func json(status: Int, having parts: JSONPart...) throws -> JSONValue {
        if self.status != status { throw statusError() }
        return try json(body, having: parts)
    }

    /// What is made of the document that an answer with status 200 holds; what cannot be made of it was not asked for.
    public func json<Content>(as make: (JSONValue) throws -> Content) throws -> Content {
        let document = try json()
        do {
            return try make(document)
        } catch {
            throw malformed("\(error)", cause: error)
        }
    }

    func json(having parts: [JSONPart]) throws -> JSONValue { try json(bodyOfSuccess(), having: parts) }

    private func json(_ body: [UInt8], having parts: [JSONPart]) throws -> JSONValue {
        let document = try json(in: body)
        do {
            try document.need(parts)
            return document
        } catch {
            throw malformed(error.description, cause: error)
        }
    }

    /// The elements of a large array, or the members of a large object, of an answer with status 200, one by one: where
    /// one cannot be read the others can. And the values beside it that are kept.
    ///
    /// - Throws: a ``WireError`` for any other answer: where it is no such JSON, it is worth another attempt.
    public func jsonElements(
        of container: String, keeping kept: [String] = []
    ) throws -> (elements: JSONElementList, kept: [String: JSONValue]) {
        let body = try bodyOfSuccess()
        do {
            return try JSONElements.read(body, of: container, keeping: kept)
        } catch {
            throw malformed("not the JSON that was asked for: \(error)", cause: error)
        }
    }

    private func json(in body: [UInt8]) throws -> JSONValue {
        do {
            return try JSONValue(body)
        } catch {
            throw malformed("no JSON: \(error)", cause: error)
        }
    }
}
