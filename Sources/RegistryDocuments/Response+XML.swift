public import PackageMining
public import RegistryXML

extension Response {
    /// What is wanted of the document that an answer with status 200 holds in XML.
    ///
    /// - Throws: a ``WireError`` for any other answer: where it is no such document, it is worth another attempt.
    public func xml(_ selection: XMLSelection, options: XMLOptions = XMLOptions()) throws -> [XMLRecord] {
        let body = try bodyOfSuccess()
        do {
            return try XMLReader.records(in: body, selection, options: options)
        } catch {
            throw malformed("no XML that can be read: \(error)", cause: error)
        }
    }
}
