public import PackageMining
public import RegistryJSON

extension RegistrySession {
    /// The JSON document at a URL; nil where the registry has none (404, 410).
    ///
    /// - Parameter array: a place at which the document has an array. One that has not is not what was asked for, and
    ///   is asked for again.
    /// - Throws: ``PackageMining/WireError``
    public func json(
        at url: String, having array: String? = nil, bodyLimit: Int = 64 << 20
    ) async throws -> JSONDocument? {
        try await fetch(Request(url, bodyLimit: bodyLimit)) { try $0.documentIfAny(having: array) }
    }

    /// The same where the document may be known: it is sent only if the registry has another state of it than `known`.
    public func json(
        at url: String, unless known: Validators?, having array: String? = nil, bodyLimit: Int = 64 << 20
    ) async throws -> ConditionalAnswer<JSONDocument>? {
        var request = Request(url, bodyLimit: bodyLimit)
        request.known = known
        return try await fetch(request) { response in
            if response.isNotModified { return .notModified }
            return try response.documentIfAny(having: array).map { .modified($0, Validators(of: response)) }
        }
    }
}

extension Response {
    fileprivate func documentIfAny(having array: String?) throws -> JSONDocument? {
        if status == 404 || status == 410 { return nil }
        let document = try json()
        if let array, document.rows(array, of: []) == nil { throw malformed("it has no \(array)") }
        return document
    }
}
