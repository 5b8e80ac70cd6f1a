extension RegistrySession {
    /// Asks for the document that tells a package's links. Where it is refused for good the look-up ends as
    /// ``Response/refusal()`` has it, and nothing is read.
    public func lookUp(
        _ request: Request, read: @Sendable (Response) throws -> Resolution
    ) async throws -> Resolution {
        try await fetch(request) { response in
            if let refusal = try response.refusal() { return refusal }
            return try read(response)
        }
    }
}
