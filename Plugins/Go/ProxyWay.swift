import PackageMining

/// The way to a module by its proxies.
struct ProxyWay {
    let list: ProxyList
    let health: ProxyHealth
    let session: any RegistrySession

    /// What is allowed of the proxies' hosts, where nobody who runs this has named them.
    var stranger: StrangersHost?

    init(list: ProxyList, health: ProxyHealth? = nil, session: any RegistrySession) {
        self.list = list
        self.health = health ?? ProxyHealth(list)
        self.session = session
    }

    /// No proxy has told of the module, and the last of them passes on to `direct`.
    struct PassedOn: Error {
        /// What the last one said.
        let last: Result<Resolution, WireError>
    }

    /// Asks the proxies, in their order, for a path behind their addresses.
    ///
    /// One that has failed for all is passed over for a while. What the next one says is then the answer, as it would
    /// have been in any case; where that one cannot be asked, the one passed over is asked after all.
    ///
    /// - Throws: ``PassedOn`` where the list goes direct behind something else than that no proxy has it.
    func ask(_ path: String) async throws -> ProxyAnswer {
        let passedOver = health.passOver()
        do {
            return try await ask(path) { !passedOver.contains($0) }
        } catch let error as WireError where !passedOver.isEmpty && error.category != .cancelled {
            return try await ask(path) { passedOver.contains($0) }
        }
    }

    /// The first answer that tells of the module, or the last one: but where one of them could not ask where the module
    /// comes from, the others' not having it settles nothing.
    private func ask(_ path: String, _ isAsked: (Int) -> Bool) async throws -> ProxyAnswer {
        var last = Result<ProxyAnswer, WireError>.success(.absent(.gone))
        var trouble: WireError?
        for (number, proxy) in list.proxies.enumerated() where isAsked(number) {
            last = try await answer(of: proxy, to: path)
            health.note(last, of: number)
            switch last {
            case .success(.info): return try last.get()
            case .success(.absent): continue
            case .failure(let error) where error.isOfModule: trouble = error
            case .success(.refused), .failure: if !proxy.passesOnErrors { return try last.get() }
            }
        }
        if let trouble, case .success(.absent) = last { last = .failure(trouble) }
        if list.goesDirect, let passed = last.passedOn { throw passed }
        return try last.get()
    }

    private func answer(of proxy: ProxyList.Proxy, to path: String) async throws -> Result<ProxyAnswer, WireError> {
        var request = Request(proxy.url + path, bodyLimit: 1 << 20)
        request.hasSubstitute = proxy.passesOnErrors
        request.stranger = stranger
        do {
            return try await session.fetch(request, read: read)
        } catch let error as WireError where error.category != .cancelled {
            return .failure(error)
        }
    }

    /// An answer that is kept for minutes on its way is not asked for again: it would be the same.
    private func read(_ response: Response) throws -> Result<ProxyAnswer, WireError> {
        do {
            return .success(try ProxyAnswer(response))
        } catch let error as WireError where error.isOfModule && response.isKept {
            return .failure(error)
        }
    }
}

extension Result<ProxyAnswer, WireError> {
    /// What is passed on to `direct` of a last answer; nil where it tells of the module, or that there is none.
    fileprivate var passedOn: ProxyWay.PassedOn? {
        switch self {
        case .success(.info), .success(.absent): nil
        case .success(.refused(let outcome)): ProxyWay.PassedOn(last: .success(Resolution(outcome)))
        case .failure(let error): ProxyWay.PassedOn(last: .failure(error))
        }
    }
}

extension WireError {
    /// Whether the proxy answered, and what it could not reach is where this one module comes from.
    var isOfModule: Bool { category == .unreachable && [400, 404, 410].contains(status) }
}

extension Response {
    /// Whether caches keep it for a minute or more: proxy.golang.org has `public, max-age=1800` on a 404
    /// (https://go.dev/issue/34141).
    fileprivate var isKept: Bool {
        let field = header("Cache-Control")?.lowercased() ?? ""
        guard let age = field.firstRange(of: "max-age=") else { return false }
        return Int(field[age.upperBound...].prefix { $0.isASCII && $0.isNumber }).map { $0 >= 60 } ?? false
    }
}
