public import PackageMining
public import RegistryJSON

extension Response {
    /// The document that an answer with status 200 holds in JSON.
    ///
    /// - Throws: a ``WireError`` for any other answer: where it is no JSON, it is worth another attempt.
    public func json() throws -> JSONDocument {
        let body = try bodyOfSuccess()
        do {
            return try JSONDocument(body)
        } catch {
            throw malformed("no JSON: \(error)", cause: error)
        }
    }
}
