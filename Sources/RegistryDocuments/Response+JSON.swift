public import PackageMining
public import RegistryJSON

extension Response {
    /// The document that an answer with status 200 holds in JSON.
    ///
    /// - Parameter parts: what it must have. A document that lacks one of them is not what was asked for.
    /// - Throws: a ``WireError`` for any other answer: where it is no such JSON, it is worth another attempt.
    public func json(having parts: JSONPart...) throws -> JSONValue { try json(having: parts) }

    func json(having parts: [JSONPart]) throws -> JSONValue {
        let document = try json(in: bodyOfSuccess())
        do {
            try document.need(parts)
            return document
        } catch {
            throw malformed(error.description, cause: error)
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
