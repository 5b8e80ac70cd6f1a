public import PackageMining
public import RegistryJSON

extension RegistrySession {
    /// The JSON document at a URL; nil where the registry has none (404, 410).
    ///
    /// - Parameter parts: what the document must have. One that lacks a part is not what was asked for, and is asked
    ///   for again.
    /// - Throws: ``PackageMining/WireError``
    public func json(
        at url: String, having parts: JSONPart..., bodyLimit: Int = 64 << 20
    ) async throws -> JSONValue? {
        try await fetch(Request(url, bodyLimit: bodyLimit)) { try $0.documentIfAny(having: parts) }
    }

    /// The same where the document may be known: it is sent only if the registry has another state of it than `known`.
    public func json(
        at url: String, unless known: Validators?, having parts: JSONPart..., bodyLimit: Int = 64 << 20
    ) async throws -> ConditionalAnswer<JSONValue>? {
        var request = Request(url, bodyLimit: bodyLimit)
        request.known = known
        return try await fetch(request) { response in
            if response.isNotModified { return .notModified }
            return try response.documentIfAny(having: parts).map { .modified($0, Validators(of: response)) }
        }
    }
}

extension Response {
    fileprivate func documentIfAny(having parts: [JSONPart]) throws -> JSONValue? {
        if status == 404 || status == 410 { return nil }
        return try json(having: parts)
    }
}
