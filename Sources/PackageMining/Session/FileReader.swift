/// What reads a file while it is downloaded; see ``RegistrySession/download(_:readBy:)``.
public protocol FileReader: Sendable {
    associatedtype Content: Sendable

    /// Takes the next bytes of the file.
    func take(_ chunk: [UInt8]) async throws

    /// Looks at the answer that the file came with, when it has arrived. By default any will do.
    func check(_ response: Response) throws

    /// Says that the file has ended, and returns what it held.
    func finish() async throws -> Content
}

extension FileReader {
    public func check(_ response: Response) throws {}
}

extension RegistrySession {
    /// Asks for a large file, and returns what a reader makes of it as it arrives.
    ///
    /// A file that cannot be what was asked for is a failed attempt like a broken connection: when a reader throws a
    /// ``WireError`` that ``WireError/isWorthRetrying``, the file is asked for anew and a new reader reads it from its
    /// beginning, six times at most. So it is when the file changed while it was read, or broke off at a server that
    /// cannot send the rest. An answer other than a file is thrown as the error that its status stands for.
    public func download<Reader: FileReader>(
        _ request: Request, readBy makeReader: @Sendable () throws -> Reader
    ) async throws -> Reader.Content {
        switch try await downloadIfModified(request, readBy: makeReader) {
        case .modified(let content, _): return content
        case .notModified: throw WireError(.malformed, url: request.url, "unexpected status 304", status: 304)
        }
    }

    /// The same for a file of which a state is known (``Request/known``): it is read only where it is another one.
    public func downloadIfModified<Reader: FileReader>(
        _ request: Request, readBy makeReader: @Sendable () throws -> Reader
    ) async throws -> ConditionalAnswer<Reader.Content> {
        var request = request
        while true {
            do {
                return try await read(request, by: makeReader())
            } catch let refused as RefusedFile {
                try request.failed(refused.error)
            } catch let error as WireError where error.category == .malformed {
                try request.failed(error)
            }
        }
    }

    private func read<Reader: FileReader>(
        _ request: Request, by reader: Reader
    ) async throws -> ConditionalAnswer<Reader.Content> {
        let response = try await download(request) { chunk in
            try await refusing { try await reader.take(chunk) }
        }
        if response.isNotModified, request.condition != nil { return .notModified }
        guard response.status == 200 || response.status == 206 else { throw response.statusError() }
        let content = try await refusing {
            try reader.check(response)
            return try await reader.finish()
        }
        return .modified(content, Validators(of: response))
    }
}

extension Request {
    /// Takes note of a failed reading; throws when it was the last.
    fileprivate mutating func failed(_ error: WireError) throws {
        failures += error.attempts
        guard error.isWorthRetrying, failures < 6 else {
            var last = error
            last.attempts = failures
            throw last
        }
    }
}

/// What a reader threw, as opposed to what the session throws: the session passes it on at once.
private struct RefusedFile: Error {
    let error: WireError
}

private func refusing<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
        return try await body()
    } catch let error as WireError where error.category != .cancelled {
        throw RefusedFile(error: error)
    }
}
