import PackageMining
import RegistryJSON

extension RegistrySession {
    /// The JSON document at a URL; nil where the registry has none (404, 410).
    ///
    /// - Parameter array: a place at which the document has an array. One that has not is not what was asked for, and
    ///   is asked for again.
    /// - Throws: ``PackageMining/WireError``
    public func json(
        at url: String, having array: String? = nil, bodyLimit: Int = 64 << 20
    ) async throws -> JSONDocument? {
        try await fetch(Request(url, bodyLimit: bodyLimit)) { response in
            if response.status == 404 || response.status == 410 { return nil }
            let document = try response.json()
            if let array, document.rows(array, of: []) == nil { throw response.malformed("it has no \(array)") }
            return document
        }
    }
}
