/// A GET request to a registry.
public struct Request: Hashable, Sendable {
    public let url: String

    /// Header fields beyond those that the session sends itself.
    public var headers: [Header] = []

    /// The state that is known already: where the registry still has it, it answers 304 and sends nothing; see
    /// ``Response/isNotModified``. A download from an ``offset`` goes on only with the file of that state.
    public var known: Validators?

    /// For a download: the first byte that is wanted, when what lies before it was taken in an earlier run.
    public var offset: Int64 = 0

    /// How many attempts at this request have failed before, since what they brought was not what was asked for: the
    /// session waits before it asks again, as behind any failed attempt.
    public var failures = 0

    /// Whether something else is asked where this gives no answer: neither an outage nor a long rest is then waited out.
    public var hasSubstitute = false

    /// Whether a list is walked on where this request gets no answer: errors of the server are then not waited out.
    public var isDispensable = false

    /// What of its host is asked, where that refuses one thing and bears another: each lane has its own pace as it was
    /// learnt, and its own outages, so that none stops the others. What the host's operators say holds for all together.
    public var lane = ""

    /// What is allowed of the host, where it is one that nobody who runs this tool has named.
    public var stranger: StrangersHost?

    /// Whether a page of the web is asked for, of which the beginning is wanted, whatever its status: any is an answer
    /// then, and of a body that is larger than ``bodyLimit``, or comes too slowly, what has come is taken; see
    /// ``Response/isCut``.
    public var isWebPage = false

    /// Whether the run cannot go on without an answer, as with a page of a list: errors of the server (5xx) are waited
    /// out as an outage is.
    package var isEssential = false

    /// The largest body that is taken, in bytes, inflated. For downloads there is none.
    public var bodyLimit: Int

    /// Asks for a body of one of these types, those that are wanted most first (RFC 9110, 12.5.1).
    public mutating func accept(_ types: [String]) {
        if types.isEmpty { return }
        let weighed =
            types.prefix(1) + types.dropFirst().enumerated().map { "\($0.element);q=0.\(max(1, 9 - $0.offset))" }
        headers.append(Header("Accept", weighed.joined(separator: ", ")))
    }

    public init(_ url: String, bodyLimit: Int = 16 << 20) {
        self.url = url
        self.bodyLimit = bodyLimit
    }
}

/// A header field.
public struct Header: Hashable, Codable, Sendable {
    public let name: String
    public let value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// A complete answer, but where it says that it is none.
public struct Response: Hashable, Sendable {
    public let status: Int

    /// Where the answer came from, after redirects.
    public let url: String

    public let headers: [Header]

    /// The inflated body. Empty for a download, whose bytes were handed over.
    public let body: [UInt8]

    /// Whether only the beginning of the body was taken: of a ``Request/isWebPage`` alone.
    public let isCut: Bool

    public init(status: Int, url: String, headers: [Header] = [], body: [UInt8] = [], isCut: Bool = false) {
        self.status = status
        self.url = url
        self.headers = headers
        self.body = body
        self.isCut = isCut
    }

    /// Whether the registry still has the state that the request knew (304). No session hands on a 304 that was not
    /// asked for.
    public var isNotModified: Bool { status == 304 }

    /// The value of the first field of that name, whose case does not matter.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
