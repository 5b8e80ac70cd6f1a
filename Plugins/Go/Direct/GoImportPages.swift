import PackageMining

/// The pages that say where modules come from, each asked for once while it is remembered.
struct GoImportPages: Sendable {
    private let known = SharedAnswers<String, GoImports>(capacity: 512)

    /// The largest head of a page that is read, in bytes.
    private static let largestHead = 1 << 20

    /// The most that is kept of a page, in bytes.
    private static let mostImports = 64 << 10

    /// - Throws: `WireError` where the page could not be had, or not as far as the go command reads.
    func page(
        _ path: String, as stranger: StrangersHost, through session: any RegistrySession
    ) async throws -> GoImports {
        try await known.answer(to: path) {
            var request = Request(Self.address(of: path), bodyLimit: Self.largestHead)
            request.stranger = stranger
            request.isWebPage = true
            return try await session.fetch(request) { try Self.read($0) }
        }
    }

    /// `https://host/path?go-get=1`: the path as it is spelled, and a slash for none.
    private static func address(of path: String) -> String {
        "https://\(path)\(path.contains("/") ? "" : "/")?go-get=1"
    }

    /// Whatever the status is, what the page says counts.
    private static func read(_ response: Response) throws -> GoImports {
        let page = GoImports(response.body, isCut: response.isCut)
        if !page.isRead { throw cut(response) }
        if page.imports.isEmpty, response.isPassing { throw response.statusError() }
        if page.imports.reduce(0, { $0 + $1.size }) > mostImports {
            throw WireError(
                .tooLarge, url: response.url, "the page has more than \(mostImports) bytes of go-imports",
                status: response.status)
        }
        return page
    }

    private static func cut(_ response: Response) -> WireError {
        if response.body.count >= largestHead {
            return WireError(
                .tooLarge, url: response.url, "the head of the page is larger than \(largestHead) bytes",
                status: response.status)
        }
        return WireError(
            .unreachable, url: response.url, "the page did not come as far as the end of its head",
            status: response.status)
    }
}

extension Response {
    /// Whether its status says nothing of the page, but that this is no good moment.
    fileprivate var isPassing: Bool {
        isRateLimit || [408, 425].contains(status) || (500...599).contains(status)
    }
}
